/**
 * Node's own clients, loaded when first used: most scans of what lies on this machine's disk need none. Not by `import`, which looks at
 * every export of `node:http`: one of them loads Node's whole WebSocket and fetch, 30 ms of every run.
 */
export const nodeHttp = () => process.getBuiltinModule('node:http');
export const nodeHttps = () => process.getBuiltinModule('node:https');
export const nodeTls = () => process.getBuiltinModule('node:tls');
export const nodeHttp2 = () => process.getBuiltinModule('node:http2');
export const nodeNet = () => process.getBuiltinModule('node:net');

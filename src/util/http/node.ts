/**
 * Node's own clients. Not by `import`, which looks at every export of `node:http`: one of them loads Node's whole WebSocket and fetch,
 * 30 ms of every run.
 */
export const http = process.getBuiltinModule('node:http');
export const https = process.getBuiltinModule('node:https');

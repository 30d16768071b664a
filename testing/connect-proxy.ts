import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

export interface ConnectProxy {
  readonly url: string;
  /** `registry.example:443`, and for plain http whole addresses, in the order in which they were asked for. */
  readonly asked: readonly string[];
  /** `Proxy-Authorization` of the last request. */
  readonly authorization: () => string | undefined;
  close(): Promise<void>;
}

/** A proxy on loopback that leads every tunnel to `to` (`127.0.0.1:1234`), whatever name was asked for. Source: RFC 9110, 9.3.6. */
export async function startConnectProxy(to: string): Promise<ConnectProxy> {
  const asked: string[] = [];
  let authorization: string | undefined;
  const note = (request: IncomingMessage): void => {
    asked.push(request.url ?? '');
    authorization = request.headers['proxy-authorization'];
  };
  const server = createServer((request, response) => {
    note(request);
    response.writeHead(204).end();
  });
  server.on('connect', (request, socket, head) => {
    note(request);
    const [host, port] = to.split(':');
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    authorization: () => authorization,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

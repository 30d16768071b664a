import type { BinaryRule } from '../types.ts';

/** What `nginx -v` prints. OpenResty, Tengine and freenginx put their own names there and are not told. */
export const nginx: BinaryRule = {
  id: 'nginx',
  files: /^(nginx|nginx-debug)$/,
  signatures: [{ anchor: 'nginx version: nginx/', pattern: /^nginx version: nginx\/(?<version>\d\.\d{1,3}\.\d{1,3})/ }],
};

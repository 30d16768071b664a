import type { BinaryRule } from '../types.ts';

/** What Apache's `httpd -v` prints. */
export const httpd: BinaryRule = {
  id: 'httpd',
  files: /^(httpd2?|apache2|httpd\.(worker|event|prefork))$/,
  signatures: [{ anchor: 'Apache/2.', pattern: /^Apache\/(?<version>2\.\d{1,2}\.\d{1,3}(?:-dev)?)[ \0]/ }],
};

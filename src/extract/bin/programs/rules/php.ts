import type { BinaryRule } from '../types.ts';

/** The header that it sends by default (`expose_php`). */
export const php: BinaryRule = {
  id: 'php',
  files: /^(php([\d.]+)?|php-(fpm|cgi)([\d.]+)?|phpdbg([\d.]+)?|libphp([\d.]+)?\.so)$/,
  signatures: [
    { anchor: 'X-Powered-By: PHP/', pattern: /^X-Powered-By: PHP\/(?<version>\d\.\d{1,2}\.\d{1,2}(?:(?:alpha|beta|RC)\d{1,2})?)/ },
  ],
};

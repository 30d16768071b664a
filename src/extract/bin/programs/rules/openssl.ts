import type { BinaryRule } from '../types.ts';

/** What `openssl version` prints. The `-fips` of some builds is no part of the release's name. */
export const openssl: BinaryRule = {
  id: 'openssl',
  files: /^(openssl|lib(crypto|ssl)(-[0-9a-f]{8})?\.so(\.[\w.]+)?)$/,
  signatures: [
    {
      anchor: 'OpenSSL ',
      pattern:
        /^OpenSSL (?<version>\d\.\d{1,2}\.\d{1,2}[a-z]{0,2}(?:-(?:alpha|beta|pre|dev)\d{0,2})?)(?:-fips|\+quic)? {1,2}\d{1,2} [A-Z][a-z]{2} \d{4}/,
    },
  ],
};

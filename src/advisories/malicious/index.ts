import { osvSource } from '../osv-source.ts';

/** OpenSSF's reports of malicious packages (MAL-): kind `malware`. */
export const malicious = osvSource({
  id: 'malicious',
  title: 'OpenSSF malicious packages',
  licence: 'Apache-2.0',
  homepage: 'https://github.com/ossf/malicious-packages',
  file: /^malicious(-[a-z]+)?$/,
  records: /\/MAL-[^/]+\.json$/,
  accepts: () => true,
  cvssSource: 'malicious',
});

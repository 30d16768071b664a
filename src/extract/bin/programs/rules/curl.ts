import type { BinaryRule } from '../types.ts';

/** The name that it gives to servers, and the library's in its version and its greeting to dictionary servers. */
export const curl: BinaryRule = {
  id: 'curl',
  files: /^(curl|libcurl(-\w+)?\.so(\.[\d.]+)?)$/,
  signatures: [
    { anchor: 'curl/', before: 1, pattern: /^[^ -~]curl\/(?<version>\d\.\d{1,3}\.\d{1,3}(?:-DEV)?)\0/ },
    { anchor: 'libcurl', pattern: /^libcurl[/ ](?<version>\d\.\d{1,3}\.\d{1,3}(?:-DEV)?)[\r\n\0]/ },
  ],
};

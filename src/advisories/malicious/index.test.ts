import { expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { malicious } from './index.ts';

it('reads malware with every version, or those that were bad', async () => {
  const { advisories } = await readFeed(malicious, 'malicious/malicious-npm.jsonl.gz', [
    {
      id: 'MAL-2022-10',
      aliases: ['GHSA-5h8r-gv8j-cx9h'],
      affected: [{ package: { ecosystem: 'npm', name: 'cxp-jquery' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }] }],
    },
    { id: 'MAL-2022-81', affected: [{ package: { ecosystem: 'NuGet', name: 'Some.Package' }, versions: ['6.6.6'] }] },
  ]);
  expect(advisories).toMatchObject([
    { kind: 'malware', form: 'flaw', affected: [{ name: 'cxp-jquery', ranges: [[{ introduced: '0' }]] }] },
    { kind: 'malware', affected: [{ name: 'some.package', ranges: [], versions: ['6.6.6'] }] },
  ]);
});

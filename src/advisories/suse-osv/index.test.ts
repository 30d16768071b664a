import { expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { suseOsv } from './index.ts';

it('reads updates of SUSE and openSUSE by product, features without a CVE aside', async () => {
  const record = (id: string, ecosystem: string, related: readonly string[]) => ({
    id,
    related,
    affected: [
      { package: { ecosystem, name: 'zypper' }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '1.14-1.1' }] }] },
    ],
  });
  const { advisories, problems, leftOut } = await readFeed(suseOsv, 'os/suse-osv.jsonl.gz', [
    record('SUSE-SU-2023:4416-1', 'SUSE:Linux Enterprise Server 15 SP3', ['CVE-2023-0001']),
    record('openSUSE-SU-2024:1-1', 'openSUSE:Leap 15.6', ['CVE-2023-0002']),
    record('SUSE-FU-2023:1-1', 'openSUSE:Leap 15.6', []),
    record('SUSE-SU-403 Forbidden-1', 'openSUSE:Leap 15.6', []),
  ]);
  expect(advisories.map(({ id, form, flaws }) => ({ id, form, flaws }))).toEqual([
    { id: 'SUSE-SU-2023:4416-1', form: 'errata', flaws: ['CVE-2023-0001'] },
    { id: 'openSUSE-SU-2024:1-1', form: 'errata', flaws: ['CVE-2023-0002'] },
  ]);
  expect(leftOut).toEqual(['not about security: SUSE-FU-2023:1-1']);
  expect(problems).toEqual(['no usable id: SUSE-SU-403 Forbidden-1']);
});

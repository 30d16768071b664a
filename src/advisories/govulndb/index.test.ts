import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { govulndb } from './index.ts';

const read = async (specific: object, events: readonly object[] = [{ introduced: '0' }]) => {
  const affected = [
    { package: { ecosystem: 'Go', name: 'example.org/mod/v5' }, ranges: [{ type: 'SEMVER', events }], ecosystem_specific: specific },
  ];
  const record = { id: 'GO-2023-2385', modified: '0001-01-01T00:00:00Z', published: '0001-01-01T00:00:00Z', affected };
  return (await readFeed(govulndb, 'lang/govulndb.jsonl.gz', [record])).advisories[0];
};

describe('govulndb', () => {
  it('keeps import paths and symbols', async () => {
    const imports = [{ path: 'example.org/mod/v5/a', symbols: ['Parse', 'Decoder.Read'] }, { path: 'example.org/mod/v5/b' }];
    expect((await read({ imports }))?.affected[0]?.imports).toEqual(imports);
  });

  it('takes the bounds of custom ranges where the plain range says everything', async () => {
    const custom_ranges = [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '5.0.4-0.20231016150651-428517fef5b9' }] }];
    expect((await read({ custom_ranges }))?.affected[0]?.ranges).toEqual([custom_ranges[0]?.events]);
    const bounded = [{ introduced: '0' }, { fixed: '5.0.3' }];
    expect((await read({ custom_ranges }, bounded))?.affected[0]?.ranges).toEqual([bounded]);
  });

  it('does not take Go’s zero time for a date', async () => {
    const advisory = await read({});
    expect(advisory).not.toHaveProperty('published');
    expect(advisory).not.toHaveProperty('modified');
  });
});

import { describe, expect, it } from 'vitest';
import { advisorySources } from './index.ts';
import { upstreams } from './upstreams.ts';

/** Feeds that `db update` does not fetch, and why. */
const WITHOUT: Readonly<Record<string, string>> = {
  'redhat-cve': 'redhat-vex says the same, and is published as one archive with a list of changes',
};

describe('upstreams', () => {
  it('have names of their own, and addresses that files are below', () => {
    expect(new Set(upstreams.map(({ id }) => id)).size).toBe(upstreams.length);
    for (const { id, url } of upstreams) {
      expect(id).toMatch(/^[a-z0-9][a-z0-9-]*$/);
      expect(url).toMatch(/^https:\/\/[^?#]*\/$/);
    }
  });

  it('serve every feed, and none that there is not', () => {
    const served = new Set(upstreams.flatMap(({ feeds }) => feeds));
    const known = advisorySources.map(({ id }) => id);
    expect([...served].filter((feed) => !known.includes(feed))).toEqual([]);
    expect(known.filter((feed) => !served.has(feed))).toEqual(Object.keys(WITHOUT));
  });

  it('that are updated by default name every ecosystem: what is asked for by name only says it in another form', () => {
    const byDefault = new Set(upstreams.filter(({ always }) => always !== false).flatMap(({ feeds }) => feeds));
    const left = advisorySources.map(({ id }) => id).filter((feed) => !byDefault.has(feed) && !(feed in WITHOUT));
    expect(left.sort()).toEqual(['almalinux-osv', 'nvd', 'redhat-osv', 'rocky-osv', 'ubuntu-cve-tracker']);
  });
});

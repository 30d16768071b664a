import { expect, it } from 'vitest';
import { readFeed } from '../../../testing/read-feed.ts';
import { redhatCve } from './index.ts';

const VECTOR = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H';
const at = (fix_state: string, package_name: string, cpe = 'cpe:/o:redhat:enterprise_linux:8', rest = {}) => ({
  cpe,
  fix_state,
  package_name,
  product_name: 'Some product',
  ...rest,
});

/** A document of the Security Data API. */
const record = (rest: object) => ({
  name: 'CVE-2024-1234',
  threat_severity: 'Moderate',
  public_date: '2024-02-03T00:00:00Z',
  cvss3: { cvss3_base_score: '7.5', cvss3_scoring_vector: VECTOR, status: 'verified' },
  cwe: 'CWE-125->CWE-787',
  affected_release: [{ advisory: 'RHSA-2024:1', cpe: 'cpe:/a:redhat:enterprise_linux:8', package: 'curl-0:7.61.1-34.el8' }],
  ...rest,
});

it('says the state of each product and component, in the vendor’s words', async () => {
  const { advisories, facts, problems } = await readFeed(redhatCve, 'os/redhat-cve.jsonl.gz', [
    record({
      package_state: [
        at('Affected', 'curl'),
        at('Will not fix', 'nodejs:18/nodejs', undefined, { impact: 'low' }),
        at('Out of support scope', 'curl', 'cpe:/o:redhat:enterprise_linux:6'),
        at('Fix deferred', 'cri-o', 'cpe:/a:redhat:openshift:4'),
        at('Under investigation', 'wget'),
        at('Not affected', 'wget2'),
        // Containers and Flatpaks are no rpm packages.
        at('Affected', 'openshift4/ose-console', 'cpe:/a:redhat:openshift:4'),
        at('Affected', 'firefox:flatpak/firefox'),
      ],
    }),
  ]);
  const plain = { ranges: [], severityLabel: 'moderate' };
  expect(advisories).toEqual([
    {
      id: 'CVE-2024-1234',
      kind: 'vulnerability',
      form: 'flaw',
      aliases: [],
      flaws: [],
      cvss: [],
      published: '2024-02-03T00:00:00Z',
      affected: [
        { ...plain, ecosystem: 'Red Hat:enterprise_linux:8', name: 'curl', status: 'affected' },
        {
          ...plain,
          ecosystem: 'Red Hat:enterprise_linux:8',
          name: 'nodejs',
          module: 'nodejs:18',
          status: 'will-not-fix',
          severityLabel: 'low',
        },
        { ...plain, ecosystem: 'Red Hat:enterprise_linux:6', name: 'curl', status: 'end-of-life' },
        { ...plain, ecosystem: 'Red Hat:openshift:4', name: 'cri-o', status: 'fix-deferred' },
        { ...plain, ecosystem: 'Red Hat:enterprise_linux:8', name: 'wget', status: 'under-investigation' },
        { ...plain, ecosystem: 'Red Hat:enterprise_linux:8', name: 'wget2', status: 'not-affected' },
      ],
    },
  ]);
  expect(facts).toEqual([
    {
      id: 'CVE-2024-1234',
      cvss: [{ vector: VECTOR, source: 'redhat-cve' }],
      severity: { level: 'medium', source: 'redhat-cve' },
      cwes: ['CWE-125', 'CWE-787'],
    },
  ]);
  expect(problems).toEqual([]);
});

it('knows a flaw that has nothing but a severity, and a state once', async () => {
  const bare = record({ cvss3: undefined, cwe: undefined, package_state: [at('Affected', 'curl'), at('Affected', 'curl')] });
  const { advisories, facts } = await readFeed(redhatCve, 'redhat-cve/CVE-2024-1234.json', JSON.stringify(bare));
  expect(advisories[0]?.affected).toHaveLength(1);
  expect(facts).toEqual([{ id: 'CVE-2024-1234', cvss: [], severity: { level: 'medium', source: 'redhat-cve' }, cwes: [] }]);
});

it('believes a fix where a page also calls the component not affected', async () => {
  const state = [at('Not affected', 'curl'), at('Not affected', 'curl', 'cpe:/o:redhat:enterprise_linux:9')];
  const { advisories } = await readFeed(redhatCve, 'redhat-cve.jsonl', [record({ package_state: state })]);
  expect(advisories[0]?.affected.map(({ ecosystem }) => ecosystem)).toEqual(['Red Hat:enterprise_linux:9']);
});

it('counts states and components that it does not know', async () => {
  const { advisories, problems } = await readFeed(redhatCve, 'redhat-cve.jsonl', [
    record({ package_state: [at('Perhaps', 'curl'), at('Affected', ''), 7, null] }),
    record({ package_state: 'none', threat_severity: 7, cvss3: [] }),
  ]);
  expect(advisories).toEqual([]);
  expect(problems).toEqual([
    'unknown fix state: CVE-2024-1234',
    'no package or version: CVE-2024-1234',
    'unknown fix state: CVE-2024-1234',
    'unknown fix state: CVE-2024-1234',
  ]);
});

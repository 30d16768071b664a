import type { components } from '@octokit/openapi-types';
import { describe, expect, it } from 'vitest';
import { sampleReport } from '../../../testing/fixtures/report.ts';
import { rendered } from '../../../testing/reporter-contract.ts';
import type { Package, Report } from '../../model/index.ts';
import { github } from './index.ts';
import { type Snapshot, snapshot } from './snapshot.ts';

const sha = 'ddc951f4b1293222421f2c8df679786153acf689';
const RUN = {
  GITHUB_SHA: sha,
  GITHUB_REF: 'refs/heads/main',
  GITHUB_WORKFLOW: 'build',
  GITHUB_JOB: 'scan',
  GITHUB_RUN_ID: '77',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'shop/web',
};
const snapshotOf = async (report: Report, env = {}): Promise<Snapshot> => JSON.parse(await rendered(github, report, { env }));

/** GitHub's own description of its API, as types: this does not compile where a field is not what GitHub takes. */
type Described = components['schemas']['snapshot'];
const described = ({ sha: commit = '', ref = '', ...rest }: Snapshot): Described => ({ ...rest, sha: commit, ref });

describe('a snapshot for GitHub', () => {
  it('is what its API takes, with the run that it is made in', async () => {
    const made = described(snapshot([sampleReport()], RUN));
    expect(made).toMatchObject({
      version: 0,
      sha,
      ref: 'refs/heads/main',
      job: { id: '77', correlator: 'build_scan', html_url: 'https://github.com/shop/web/actions/runs/77' },
      detector: { name: 'plimsoll' },
      scanned: sampleReport().createdAt,
    });
    expect(made.sha).toHaveLength(40);
    expect(Object.keys(made.metadata ?? {}).length).toBeLessThanOrEqual(8);
    expect(await snapshotOf(sampleReport(), RUN)).toEqual(made);
  });

  it('has every package once, by its package URL', async () => {
    const { manifests } = await snapshotOf(sampleReport(), RUN);
    const found = Object.values(manifests).flatMap(({ resolved }) => Object.entries(resolved));
    expect(found.every(([key, { package_url: purl }]) => key === purl)).toBe(true);
    expect(new Set(found.map(([key]) => key))).toEqual(new Set(sampleReport().inventory.packages.map(({ purl }) => purl)));
  });

  it('groups an image by system and ecosystem, a folder by file', async () => {
    const report = sampleReport();
    const { name } = report.inventory.target;
    expect(Object.keys((await snapshotOf(report)).manifests)).toContain(`${name} (npm)`);
    const lock: Package = { ...report.inventory.packages.find(({ type }) => type === 'npm')!, path: 'app/package-lock.json', dev: true };
    const target = { ...report.inventory.target, kind: 'dir' } as const;
    const folder = await snapshotOf({ ...report, inventory: { ...report.inventory, target, packages: [lock] } });
    expect(folder.manifests).toEqual({
      'app/package-lock.json': {
        name: 'app/package-lock.json',
        file: { source_location: 'app/package-lock.json' },
        resolved: { [lock.purl]: { package_url: lock.purl, relationship: 'direct', scope: 'development' } },
      },
    });
  });

  it('outside of a workflow names no commit, and is told by its target', async () => {
    const made = await snapshotOf(sampleReport());
    expect(made.sha).toBeUndefined();
    expect(made.ref).toBeUndefined();
    expect(made.job.correlator).toBe(`plimsoll_${sampleReport().inventory.target.name}`);
  });
});

import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { gapRecorder, mergedView, openFile } from '../../../../testing/open-file.ts';
import { redhatContent } from './index.ts';

const FOLDER = 'root/buildinfo/content_manifests';

function manifest(...sets: string[]): string {
  return JSON.stringify({ metadata: { icm_version: 1, image_layer_index: 0 }, from_dnf_hint: true, content_sets: sets });
}

const BASE = manifest('rhel-9-for-x86_64-baseos-rpms', 'rhel-9-for-x86_64-appstream-rpms');

extractorContract(redhatContent, import.meta.url, [
  { path: `${FOLDER}/ubi9-container-9.4-1123.json`, content: BASE, empty: true },
  { path: 'usr/share/buildinfo/content-sets.json', content: BASE, empty: true },
]);

async function extract(content: string): Promise<{ sets: readonly string[] | undefined; gaps: unknown[] }> {
  const ctx = gapRecorder();
  return { sets: await redhatContent.extract(openFile(`${FOLDER}/a.json`, content), ctx), gaps: ctx.gaps };
}

describe('content manifests', () => {
  it('of all layers give the repositories, each once', async () => {
    const partials = await Promise.all(
      [BASE, manifest('rhel-9-for-x86_64-baseos-eus-rpms', 'rhel-9-for-x86_64-baseos-rpms'), manifest()].map(async (content, layer) => ({
        path: `${FOLDER}/layer-${layer}.json`,
        layer,
        partial: (await extract(content)).sets ?? [],
      })),
    );
    expect(redhatContent.settle(mergedView(partials))).toEqual({
      packages: [],
      repositories: ['rhel-9-for-x86_64-appstream-rpms', 'rhel-9-for-x86_64-baseos-eus-rpms', 'rhel-9-for-x86_64-baseos-rpms'],
    });
  });

  it('are told from labels.json, which lies beside them', async () => {
    expect(await extract('{"com.redhat.component":"ubi9-container","version":"9.4"}')).toEqual({ sets: undefined, gaps: [] });
  });

  it.each([
    '',
    '{',
    'null',
    '"text"',
    '{"content_sets":"rhel"}',
    '{"content_sets":[1]}',
    '{"content_sets":[""]}',
    JSON.stringify({ content_sets: ['a'.repeat(1000)] }),
    JSON.stringify({ content_sets: Array.from({ length: 20_000 }, () => 'a') }),
  ])('that are malformed are gaps: %.40s', async (content) => {
    expect(await extract(content)).toMatchObject({ sets: undefined, gaps: [{ code: 'malformed', incomplete: false }] });
  });
});

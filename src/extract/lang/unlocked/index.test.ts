import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { gapRecorder, isWanted, mergedView, openFile } from '../../../../testing/open-file.ts';
import { unlocked } from './index.ts';
import { MANIFESTS } from './manifests.ts';

/** For each manifest a text that asks for a package, and one that asks for none. */
const SAMPLES: Readonly<Record<string, readonly [asks: string, asksNot: string]>> = {
  'package.json': ['{"dependencies":{"lodash":"^4"}}', '{"name":"x","dependencies":{}}'],
  'pyproject.toml': [
    '[project]\ndependencies = ["flask"]\n',
    '[tool.black]\nline-length = 100\n[tool.poetry.dependencies]\npython = "3"\n',
  ],
  'Pipfile': ['[packages]\nflask = "*"\n', '[requires]\npython_version = "3.11"\n'],
  'Cargo.toml': ['[dependencies]\nserde = "1"\n', '[workspace]\nmembers = ["a"]\n'],
  'composer.json': ['{"require":{"monolog/monolog":"^2"}}', '{"require":{"php":">=8","ext-json":"*"}}'],
  'Gemfile': ['source "https://rubygems.org"\ngem "rails"\n', 'source "https://rubygems.org"\n# gem "rails"\n'],
  'build.gradle': ["dependencies {\n  implementation 'a:b:1.+'\n}\n", "plugins { id 'java' }\n"],
  'build.gradle.kts': ['dependencies { implementation("a:b:1.0") }\n', 'plugins { java }\n'],
  'x.csproj': ['<Project><ItemGroup><PackageReference Include="x" /></ItemGroup></Project>', '<Project />'],
  'mix.exs': ['defp deps do\n  [{:jason, "~> 1.2"}]\nend\n', 'defp deps, do: []\n'],
  'Podfile': ["target 'x' do\n  pod 'AFNetworking'\nend\n", "platform :ios, '9.0'\n"],
  'Package.swift': ['.package(url: "https://example.com/x", from: "1.0.0")', '// swift-tools-version:5.3\n'],
  'conanfile.txt': ['[requires]\nzlib/[>1.2]\n', '[requires]\n\n[generators]\ncmake\n'],
};

extractorContract(
  unlocked,
  import.meta.url,
  Object.entries(SAMPLES).map(([path, [content]]) => ({ path, content, empty: true })),
);

async function gapsOf(files: Readonly<Record<string, string>>) {
  const ctx = gapRecorder();
  const partials = [];
  for (const [path, content] of Object.entries(files)) {
    if (!isWanted(unlocked.wants, openFile(path, content), Buffer.from(content))) continue;
    const partial = await unlocked.extract(openFile(path, content), ctx);
    if (partial) partials.push({ path, layer: 0, partial });
  }
  const { packages, gaps = [] } = unlocked.settle(mergedView(partials));
  expect(packages).toEqual([]);
  return [...ctx.gaps, ...gaps];
}

describe.each(Object.entries(SAMPLES))('%s', (name, [asks, asksNot]) => {
  const locks = MANIFESTS.find(({ file }) => file === name || (file.startsWith('.') && name.endsWith(file)))?.locks ?? [];

  it('without a lock file is a gap where it asks for packages', async () => {
    expect(await gapsOf({ [`a/${name}`]: asks })).toMatchObject([{ code: 'no-version', path: `a/${name}`, incomplete: true }]);
    expect(await gapsOf({ [`a/${name}`]: asksNot })).toEqual([]);
    expect(await gapsOf({ [`a/${name}`]: '\0{[' })).toEqual([]);
  });

  it.each(locks)('is none with %s beside or above it', async (lock) => {
    expect(await gapsOf({ [`a/b/${name}`]: asks, [`a/b/${lock}`]: '' })).toEqual([]);
    expect(await gapsOf({ [`a/b/${name}`]: asks, [lock]: '' })).toEqual([]);
    expect(await gapsOf({ [`a/b/${name}`]: asks, [`a/c/${lock}`]: '', [`a/b/c/${lock}`]: '' })).toHaveLength(1);
  });
});

it('reads texts of megabytes that say nothing', async () => {
  for (const name of Object.keys(SAMPLES))
    for (const text of ['\n', '{ ', ' \t', '[requires]\n', 'api('])
      expect((await gapsOf({ [name]: text.repeat(500_000) })).length).toBeLessThan(2);
});

it('has a sample for every manifest, and says what is missing', async () => {
  expect(Object.keys(SAMPLES)).toHaveLength(MANIFESTS.length);
  expect((await gapsOf({ 'Gemfile': 'gem "rails"\n' }))[0]?.params.what).toBe(
    'what Gemfile asks for (beside and above it there is no Gemfile.lock)',
  );
  expect(await gapsOf({ 'node_modules/x/package.json': '{"dependencies":{"y":"1"}}' })).toEqual([]);
});

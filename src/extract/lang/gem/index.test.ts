import { describe, expect, it } from 'vitest';
import { extractorContract } from '../../../../testing/extractor-contract.ts';
import { gapRecorder, isWanted, mergedView, openFile } from '../../../../testing/open-file.ts';
import { gem } from './index.ts';

/** The lines that RubyGems 3 writes when it installs a gem (Gem::Specification#to_ruby_for_cache). */
const sample = `# -*- encoding: utf-8 -*-
# stub: acme-web 2.2.3 ruby lib

Gem::Specification.new do |s|
  s.name = "acme-web".freeze
  s.version = "2.2.3"

  s.required_rubygems_version = Gem::Requirement.new(">= 0".freeze) if s.respond_to? :required_rubygems_version=
  s.metadata = { "name" => "https://example.com" } if s.respond_to? :metadata=
  s.require_paths = ["lib".freeze]
  s.authors = ["A. \\"B\\" C".freeze]
  s.licenses = ["MIT".freeze, "Ruby".freeze]
  s.summary = "name = \\"other\\"".freeze
  s.add_runtime_dependency(%q<acme_log>.freeze, ["~> 1.0"])
end
`;
const native = sample
  .replace('# stub: acme-web 2.2.3 ruby lib', '# stub: acme-web 2.2.3 x86_64-linux lib')
  .replace(/ {2}s\.licenses.*\n/, '');
/** As RubyGems 1 wrote them, without a stub line. */
const old = `Gem::Specification.new do |s|
  s.name = %q{acme_log}
  s.version = "1.4.0.pre2"
  s.platform = %q{java}
  s.licenses = [%q{GPL-2}]
end
`;
const place = 'usr/local/lib/ruby/gems/3.1.0/specifications';

extractorContract(gem, import.meta.url, [
  { path: `${place}/acme-web-2.2.3.gemspec`, content: sample },
  { path: `${place}/default/acme-web-2.2.3.gemspec`, content: native },
  { path: 'srv/app/vendor/bundle/ruby/2.7.0/specifications/acme_log-1.4.0.pre2-java.gemspec', content: old },
]);

async function read(content: string, path = `${place}/x.gemspec`) {
  const ctx = gapRecorder();
  const file = openFile(path, content);
  const partial = isWanted(gem.wants, file, Buffer.from(content)) ? await gem.extract(file, ctx) : undefined;
  return { packages: partial ? gem.settle(mergedView([{ path, layer: 0, partial }])).packages : [], gaps: ctx.gaps };
}

describe('what a specification states', () => {
  it('name, version, licences', async () => {
    expect((await read(sample)).packages).toMatchObject([
      { name: 'acme-web', version: '2.2.3', purl: 'pkg:gem/acme-web@2.2.3', licenses: ['MIT', 'Ruby'], role: 'installed' },
    ]);
  });

  it('the platform, and being part of Ruby', async () => {
    const { packages } = await read(native, `${place}/default/x.gemspec`);
    expect(packages).toMatchObject([{ purl: 'pkg:gem/acme-web@2.2.3?platform=x86_64-linux', role: 'default' }]);
    expect(packages[0]?.licenses).toBeUndefined();
  });

  it('in the form of RubyGems 1', async () => {
    expect((await read(old)).packages).toMatchObject([{ purl: 'pkg:gem/acme_log@1.4.0.pre2?platform=java', licenses: ['GPL-2'] }]);
  });
});

it('the sources of a gem have specifications too, which say nothing of what is installed', async () => {
  expect((await read(sample, 'usr/lib/ruby/gems/3.1.0/gems/acme-web-2.2.3/acme-web.gemspec')).packages).toEqual([]);
});

describe('malformed', () => {
  it.each([
    ['nothing', ''],
    ['a program', 's.name = File.read("name")\ns.version = VERSION\n'],
    ['no version', 'Gem::Specification.new do |s|\n  s.name = "x"\nend\n'],
    ['a name that is none', '# stub: ../x 1.0.0 ruby lib\n'],
    ['a version that is none', '# stub: x #{1} ruby lib\n'],
    ['an end in the first line', sample.slice(0, 40)],
  ])('%s', async (_, text) => {
    expect((await read(text)).gaps).toEqual([{ code: 'malformed', params: { what: 'gem specification' }, incomplete: true }]);
  });

  it('too large', async () => {
    expect((await read(`${sample}${'#'.repeat(4 << 20)}`)).gaps).toMatchObject([{ code: 'too-large', incomplete: true }]);
  });
});

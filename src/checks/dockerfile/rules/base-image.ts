import type { Dockerfile, ImageName, Stage } from '../document.ts';
import { imageName } from '../parser/image-name.ts';
import { mounts } from '../parser/mounts.ts';
import { directive } from '../parser/parse.ts';
import { BEST_PRACTICES, type DockerfileRule, each, inStage, isDynamic, rule } from './kit.ts';

const DIGEST = /^sha256:[0-9a-f]{64}$|^sha512:[0-9a-f]{128}$/;

/** Stages that begin with an image from somewhere else, whose name is known. */
function* outside(document: Dockerfile): Generator<{ stage: Stage; image: ImageName; at: { start: number; end: number } }> {
  for (const stage of document.stages) {
    if (!stage.resolved || !stage.image || stage.base) continue;
    if (stage.resolved.text.toLowerCase() === 'scratch') continue;
    yield { stage, image: stage.resolved, at: stage.image };
  }
}

const untagged = rule('image-untagged', 'medium', ['DL3006', 'DS-0001'], (document, report) => {
  for (const { stage, image, at } of outside(document)) {
    // A name that comes from the command line may bring its own tag.
    if (image.tag !== undefined || image.digest !== undefined || image.text.startsWith('$')) continue;
    report(at, { params: { image: image.text }, ...inStage(stage) });
  }
});

const latest = rule('image-latest', 'medium', ['DL3007', 'DS-0001'], (document, report) => {
  for (const { stage, image, at } of outside(document)) {
    if (image.tag === 'latest' && image.digest === undefined) report(at, { params: { image: image.text }, ...inStage(stage) });
  }
});

const unpinned = rule(
  'image-not-pinned',
  'low',
  [],
  (document, report) => {
    for (const { stage, image, at } of outside(document)) {
      if (image.digest !== undefined || isDynamic(image.text)) continue;
      report(at, { params: { image: image.text }, ...inStage(stage) });
    }
    for (const { instruction, stage } of each(document, 'COPY')) {
      const from = instruction.flags.find((flag) => flag.name === 'from');
      if (!from?.value || isDynamic(from.value) || !/[/:]/.test(from.value) || from.value.includes('@')) continue;
      report(from, { params: { image: from.value }, ...inStage(stage) });
    }
  },
  { references: [`${BEST_PRACTICES}#pin-base-image-versions`], benchmarks: ['CIS Docker 4.2'] },
);

const malformedDigest = rule(
  'image-digest-malformed',
  'high',
  [],
  (document, report) => {
    const look = (text: string, at: { start: number; end: number }, stage: Stage | undefined): void => {
      const { digest } = imageName(text);
      if (digest === undefined || isDynamic(digest) || DIGEST.test(digest)) return;
      const doubled = /^(sha256:)(?:sha256:)+([0-9a-f]{64})$/.exec(digest);
      const from = document.text.indexOf(digest, at.start);
      const fix =
        doubled && from >= 0 && from < at.end ? [{ start: from, end: from + digest.length, text: `sha256:${doubled[2]}` }] : undefined;
      report(at, {
        params: { digest: digest.length > 90 ? `${digest.slice(0, 90)}…` : digest },
        ...inStage(stage),
        ...(fix ? { fix } : {}),
      });
    };
    for (const stage of document.stages) if (stage.image) look(stage.image.text, stage.image, stage);
    for (const { instruction, stage } of each(document, 'COPY')) {
      const from = instruction.flags.find((flag) => flag.name === 'from');
      if (from?.value) look(from.value, from, stage);
    }
    for (const pragma of document.directives) if (pragma.name === 'syntax') look(pragma.value, pragma, undefined);
  },
  { references: ['https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests'] },
);

const untrustedRegistry = rule('registry-not-trusted', 'high', ['DL3026'], (document, report) => {
  const { trustedRegistries: trusted } = document.settings;
  if (trusted.length === 0) return;
  const names = new Set<string>();
  const look = (text: string | undefined, at: { start: number; end: number }, stage: Stage | undefined): void => {
    if (text === undefined || names.has(text.toLowerCase()) || /^\d+$/.test(text)) return;
    const image = imageName(text);
    if (image.registry === undefined && (image.text === 'scratch' || isDynamic(image.text))) return;
    const registries = image.registry === undefined ? ['docker.io', 'hub.docker.com'] : [image.registry];
    if (!registries.some((registry) => trusted.some((pattern) => matches(pattern, registry)))) {
      report(at, { params: { registry: registries[0]!, image: text }, ...inStage(stage) });
    }
  };
  for (const { instruction, stage } of each(document, 'FROM', 'COPY', 'RUN')) {
    if (instruction.keyword === 'FROM' && stage) {
      const [at] = instruction.words;
      if (at) look(stage.resolved?.text, at, stage);
      if (stage.name) names.add(stage.name);
    }
    for (const flag of instruction.flags) if (flag.name === 'from') look(flag.value, flag, stage);
    for (const mount of mounts(instruction)) look(mount.from, mount.flag, stage);
  }
});

function matches(pattern: string, registry: string): boolean {
  if (pattern === '*') return true;
  if (pattern.startsWith('*')) return registry.endsWith(pattern.slice(1));
  if (pattern.endsWith('*')) return registry.startsWith(pattern.slice(0, -1));
  return registry === pattern;
}

const OPERATING_SYSTEMS = new Set('linux windows darwin freebsd wasi wasip1 js'.split(' '));
const ARCHITECTURES = new Set(
  'amd64 arm64 arm 386 ppc64le ppc64 s390x riscv64 mips64le mips64 mips mipsle loong64 wasm x86_64 aarch64 armhf armel i386'.split(' '),
);
const ALIASES: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64', i386: '386', armhf: 'arm', armel: 'arm' };

const constantPlatform = rule('platform-constant', 'medium', ['DL3029', 'FromPlatformFlagConstDisallowed'], (document, report) => {
  for (const stage of document.stages) {
    const flag = stage.from.flags.find((candidate) => candidate.name === 'platform');
    if (!flag?.value || /\$/.test(flag.value)) continue;
    const parts = flag.value.toLowerCase().split('/');
    const os = parts.find((part) => OPERATING_SYSTEMS.has(part)) ?? 'linux';
    const written = parts.find((part) => ARCHITECTURES.has(part)) ?? '';
    const architecture = ALIASES[written] ?? written;
    // A stage that is named after what it is for.
    if (stage.name && (stage.name.includes(os) || (architecture !== '' && stage.name.includes(architecture)))) continue;
    report(flag, { params: { platform: flag.value }, ...inStage(stage) });
  }
});

const redundantPlatform = rule('platform-redundant', 'medium', ['DL3065', 'RedundantTargetPlatform'], (document, report) => {
  for (const stage of document.stages) {
    const flag = stage.from.flags.find((candidate) => candidate.name === 'platform');
    if (!flag || !/^\$(?:TARGETPLATFORM|\{TARGETPLATFORM\})$/.test(flag.value ?? '')) continue;
    const after = document.text.slice(flag.end).search(/\S/);
    const fix =
      after > 0 && !document.text.slice(flag.end, flag.end + after).includes('\n')
        ? [{ start: flag.start, end: flag.end + after, text: '' }]
        : undefined;
    report(flag, { params: { platform: flag.value ?? '' }, ...inStage(stage), ...(fix ? { fix } : {}) });
  }
});

const unpinnedSyntax = rule(
  'syntax-not-pinned',
  'negligible',
  [],
  (document, report) => {
    const syntax = directive(document, 'syntax');
    if (!syntax) return;
    const image = imageName(syntax.value.split(' ')[0]!);
    if (image.digest === undefined && (image.tag === undefined || image.tag === 'latest'))
      report(syntax, { params: { image: image.text } });
  },
  { references: ['https://docs.docker.com/build/buildkit/frontend/'], optIn: true },
);

const dead = rule(
  'image-deprecated',
  'medium',
  [],
  (document, report) => {
    for (const { stage, image, at } of outside(document)) {
      if (image.registry !== undefined && image.registry !== 'docker.io') continue;
      const name = image.name.replace(/^library\//, '');
      const instead = DEPRECATED[name];
      if (instead !== undefined && Object.hasOwn(DEPRECATED, name)) report(at, { params: { image: name, instead }, ...inStage(stage) });
    }
  },
  { references: ['https://hub.docker.com/search?badges=official'] },
);

/** Official images whose page says that they are deprecated, and what it names in their place. */
const DEPRECATED: Readonly<Record<string, string>> = {
  centos: 'almalinux, rockylinux',
  openjdk: 'eclipse-temurin',
  java: 'eclipse-temurin',
  adoptopenjdk: 'eclipse-temurin',
  iojs: 'node',
  jenkins: 'jenkins/jenkins',
  rails: 'ruby',
  django: 'python',
  piwik: 'matomo',
  consul: 'hashicorp/consul',
  vault: 'hashicorp/vault',
};

export const baseImageRules: readonly DockerfileRule[] = [
  untagged,
  latest,
  unpinned,
  malformedDigest,
  untrustedRegistry,
  constantPlatform,
  redundantPlatform,
  unpinnedSyntax,
  dead,
];

import type { Dockerfile, Instruction, Word } from '../document.ts';
import { ignoreFile, ignores } from '../ignore-file.ts';
import { baseName, calls } from '../shell/calls.ts';
import {
  type DockerfileRule,
  each,
  inCase,
  inherited,
  inStage,
  isArchive,
  isDynamic,
  isGit,
  isUrl,
  mostlyLower,
  rule,
  runs,
  unquoted,
  walk,
} from './kit.ts';

/** Sources and destination of COPY and ADD; files written in place (here-documents) left out. */
export function sources(instruction: Instruction): readonly Word[] {
  return instruction.words.slice(0, -1).filter((word) => !/^\d*<</.test(word.text));
}

export function fromElsewhere(instruction: Instruction): boolean {
  return instruction.flags.some((flag) => flag.name === 'from');
}

const addForFiles = rule(
  'add-for-files',
  'high',
  ['DL3020', 'DS-0005', 'CIS-DI-0009'],
  (document, report) => {
    for (const { instruction, stage, triggered } of each(document, 'ADD')) {
      const all = sources(instruction);
      if (all.length === 0 || all.every(({ text }) => isArchive(text) || isUrl(text) || isGit(text))) continue;
      const plain = all.every(
        ({ text }) =>
          !isArchive(text) && !isUrl(text) && !isGit(text) && !isDynamic(text) && !/[*?[\]]/.test(text) && certain(text, document),
      );
      const flags = instruction.flags.every((flag) => ['chown', 'chmod', 'link', 'exclude'].includes(flag.name));
      const { start, end } = instruction.written;
      const fix = plain && flags && !triggered ? [{ start, end, text: inCase('COPY', mostlyLower(document)) }] : undefined;
      report(instruction, { params: { source: all[0]?.text ?? '' }, ...inStage(stage), ...(fix ? { fix } : {}) });
    }
  },
  { benchmarks: ['CIS Docker 4.9'] },
);

const TEXTUAL =
  /\.(?:sh|bash|py|js|mjs|cjs|ts|json|ya?ml|toml|ini|conf|cfg|txt|md|html?|css|xml|env|properties|sql|rb|go|rs|java|php|pl|lock|mod|sum|c|h|cpp|service|repo|list|pem|crt|key|pub|template|j2|csproj|sln|gradle|kts)$/i;

/** Not unpacked whatever it holds: an archive is known by its content, so only names that no archive has, and folders, are sure. */
function certain(text: string, document: Dockerfile): boolean {
  const path = unquoted(text);
  if (path === '.' || path === './' || path.endsWith('/')) return true;
  const name = baseName(path);
  if (TEXTUAL.test(name) || ['Makefile', 'Gemfile', 'Rakefile', 'Procfile', 'package.json', 'LICENSE'].includes(name)) return true;
  return document.context.beside?.has(path) === true && TEXTUAL.test(name);
}

const slash = rule('copy-needs-slash', 'high', ['DL3021', 'DS-0011'], (document, report) => {
  for (const { instruction, stage } of each(document, 'COPY')) {
    const destination = instruction.words.at(-1);
    if (!destination || instruction.words.length < 3) continue;
    const path = unquoted(destination.text);
    if (!path.endsWith('/') && path !== '.' && path !== '..' && !path.endsWith('/.'))
      report(destination, { params: { path: destination.text }, ...inStage(stage) });
  }
});

const relative = rule('copy-relative-destination', 'medium', ['DL3045'], (document, report) => {
  for (const { instruction, stage, triggered } of each(document, 'COPY')) {
    const destination = instruction.words.at(-1);
    if (!destination || instruction.words.length < 2 || triggered) continue;
    const path = unquoted(destination.text);
    if (path.startsWith('/') || /^[A-Za-z]:/.test(path) || path.startsWith('$')) continue;
    const before = (stage ? inherited(stage) : document.instructions).filter(
      (other) => other.keyword === 'WORKDIR' && other.start < instruction.start,
    );
    if (before.length === 0) report(destination, { params: { path: destination.text }, ...inStage(stage) });
  }
});

const UNPACKERS = new Set(['unzip', 'gunzip', 'bunzip2', 'unlzma', 'unxz', 'zgz', 'uncompress', 'zcat', 'gzcat']);

const unpack = rule('add-unpacks', 'low', ['DL3010'], (document, report) => {
  let copied: { name: string; instruction: Instruction }[] = [];
  for (const { instruction, stage } of walk(document)) {
    if (instruction.keyword === 'FROM') copied = [];
    if (instruction.keyword === 'COPY' && !fromElsewhere(instruction)) {
      const destination = unquoted(instruction.words.at(-1)?.text ?? '');
      const names = isArchive(destination)
        ? [destination]
        : sources(instruction)
            .map((word) => unquoted(word.text))
            .filter(isArchive);
      copied.push(...names.map((name) => ({ name: lastPart(name), instruction })));
    }
    const { script } = instruction;
    if (instruction.keyword !== 'RUN' || !script) continue;
    const unpacked = calls(script).filter(
      (call) =>
        UNPACKERS.has(call.name) ||
        (call.name === 'tar' &&
          call.args.some(({ text }, at) => /^--(?:extract|get)$|^-[A-Za-z]*x/.test(text) || (at === 0 && /^[a-z]*x[a-z]*$/.test(text)))),
    );
    for (const one of copied) {
      if (!unpacked.some((call) => call.args.some((arg) => lastPart(unquoted(arg.text)) === one.name))) continue;
      report(one.instruction, { params: { archive: one.name }, ...inStage(stage) });
      copied = copied.filter((other) => other !== one);
    }
  }
});

function lastPart(path: string): string {
  return path.split(/[/\\]/).at(-1)!;
}

const relativeWorkdir = rule('workdir-relative', 'high', ['DL3000', 'WorkdirRelativePath', 'DS-0009'], (document, report) => {
  for (const { instruction, stage, triggered } of each(document, 'WORKDIR')) {
    const path = unquoted(instruction.words[0]?.text ?? '');
    if (isAbsolute(path) || path === '') continue;
    const earlier = (stage && !triggered ? inherited(stage) : []).filter(
      (other) => other.keyword === 'WORKDIR' && other.start < instruction.start,
    );
    if (earlier.some((other) => isAbsolute(unquoted(other.words[0]?.text ?? '')))) continue;
    report(instruction, { params: { path }, ...inStage(stage) });
  }
});

function isAbsolute(path: string): boolean {
  return /^[/$\\]|^[A-Za-z]:/.test(path);
}

const ignored = rule('copy-ignored-file', 'medium', ['CopyIgnoredFile'], (document, report) => {
  const file = ignoreFile(document);
  if (!file || file.exceptions) return;
  for (const { instruction, stage } of each(document, 'COPY', 'ADD')) {
    if (fromElsewhere(instruction)) continue;
    for (const source of sources(instruction)) {
      const path = unquoted(source.text);
      if (isUrl(path) || isGit(path) || isDynamic(path) || /[*?[]/.test(path)) continue;
      if (ignores(file, path)) report(source, { params: { path: source.text, instruction: instruction.keyword }, ...inStage(stage) });
    }
  }
});

/** The whole context goes into the image. */
const wholeContext = rule(
  'copy-whole-context',
  'low',
  [],
  (document, report) => {
    const file = ignoreFile(document);
    for (const { instruction, stage } of each(document, 'COPY', 'ADD')) {
      if (fromElsewhere(instruction) || (stage && !stage.shipped)) continue;
      const source = sources(instruction).find((word) => /^(?:\.\/?|\/|\*|\.\/\*)$/.test(unquoted(word.text)));
      if (source && (!file || file.patterns.length === 0)) report(source, { params: { path: source.text }, ...inStage(stage) });
    }
  },
  { references: ['https://docs.docker.com/build/concepts/context/#dockerignore-files'] },
);

const missingIgnore = rule(
  'dockerignore-missing',
  'low',
  [],
  (document, report) => {
    // Where nothing is known of the context, nothing is said of it.
    if (!document.context.beside || ignoreFile(document)) return;
    for (const { instruction, stage } of each(document, 'COPY', 'ADD')) {
      if (fromElsewhere(instruction)) continue;
      const source = sources(instruction).find((word) => !isUrl(word.text) && !isGit(word.text));
      if (!source || !/^(?:\.\/?|\/|.*\*.*|.*\/)$/.test(unquoted(source.text))) continue;
      report(source, { params: { path: source.text }, ...inStage(stage) });
      return;
    }
  },
  { references: ['https://docs.docker.com/build/concepts/context/#dockerignore-files'], benchmarks: ['CIS Docker 4.10'] },
);

/** A file is copied in one layer and removed in a later one: it is in the image all the same. */
const removedLater = rule(
  'file-removed-later',
  'low',
  [],
  (document, report) => {
    for (const { stage, script, instruction } of runs(document)) {
      if (!stage?.shipped) continue;
      const copies = stage.instructions.filter(
        (other) => (other.keyword === 'COPY' || other.keyword === 'ADD') && other.start < instruction.start,
      );
      for (const call of calls(script)) {
        if (call.name !== 'rm') continue;
        for (const arg of call.args) {
          const copy = copies.find((other) => places(other).includes(arg.text));
          if (copy) report(arg, { params: { path: arg.text }, ...inStage(stage) });
        }
      }
    }
  },
  { references: ['https://docs.docker.com/build/building/best-practices/'] },
);

function places(instruction: Instruction): readonly string[] {
  const destination = unquoted(instruction.words.at(-1)?.text ?? '');
  if (!destination.startsWith('/')) return [];
  if (!destination.endsWith('/')) return [destination];
  return sources(instruction).map((word) => `${destination}${baseName(unquoted(word.text))}`);
}

export const fileRules: readonly DockerfileRule[] = [
  addForFiles,
  slash,
  relative,
  unpack,
  relativeWorkdir,
  ignored,
  wholeContext,
  missingIgnore,
  removedLater,
];

import type { Dockerfile, Instruction } from '../document.ts';
import { imageName } from '../parser/image-name.ts';
import { mounts } from '../parser/mounts.ts';
import { expand } from '../variables.ts';
import { type DockerfileRule, each, inCase, inStage, isDynamic, mostlyLower, rule, unquoted, walk } from './kit.ts';

const duplicate = rule('stage-name-duplicate', 'high', ['DL3024', 'DuplicateStageName', 'DS-0012'], (document, report) => {
  const seen = new Set<string>();
  for (const stage of document.stages) {
    if (stage.name === undefined || !stage.alias) continue;
    if (seen.has(stage.name)) report(stage.alias, { params: { name: stage.alias.text }, ...inStage(stage) });
    seen.add(stage.name);
  }
});

const reserved = rule('stage-name-reserved', 'medium', ['DL3063', 'ReservedStageName'], (document, report) => {
  for (const { alias, name } of document.stages) {
    if (alias && (name === 'scratch' || name === 'context')) report(alias, { params: { name }, resource: `stage ${name}` });
  }
});

const casing = rule('stage-name-casing', 'low', ['StageNameCasing'], (document, report) => {
  for (const stage of document.stages) {
    if (stage.alias && stage.alias.text !== stage.name) report(stage.alias, { params: { name: stage.alias.text }, ...inStage(stage) });
  }
});

const asCasing = rule('from-as-casing', 'negligible', ['FromAsCasing'], (document, report) => {
  for (const stage of document.stages) {
    const as = stage.from.words[1];
    const from = stage.from.written.text;
    if (!as || !stage.alias || (from !== from.toLowerCase() && from !== from.toUpperCase())) continue;
    const right = from === from.toLowerCase() ? as.text.toLowerCase() : as.text.toUpperCase();
    if (as.text === right) continue;
    // Where FROM itself is to be written otherwise, that takes AS along.
    const stays = from === inCase(from, mostlyLower(document));
    const fix = stays ? [{ start: as.start, end: as.end, text: right }] : undefined;
    report(as, { params: { met: as.text, expected: right }, ...inStage(stage), ...(fix ? { fix } : {}) });
  }
});

/** `COPY --from` of what is no stage: a name with a slash or a colon is an image, meant as such. */
const unknownStage = rule('copy-from-unknown-stage', 'medium', ['DL3022'], (document, report) => {
  for (const { instruction, stage } of each(document, 'COPY')) {
    const from = fromFlag(instruction);
    const name = from?.value === undefined ? undefined : unquoted(from.value);
    if (!from || !name || /[/:]/.test(name)) continue;
    if (document.stages.some((other) => other.index <= (stage?.index ?? -1) && other.name === name.toLowerCase())) continue;
    if (/^\d+$/.test(name) && Number(name) <= (stage?.index ?? -1)) continue;
    report(from, { params: { name }, ...inStage(stage) });
  }
});

const ownStage = rule('copy-from-own-stage', 'high', ['DL3023', 'DS-0006'], (document, report) => {
  for (const { instruction, stage } of each(document, 'COPY')) {
    const from = fromFlag(instruction);
    if (!from?.value || !stage) continue;
    const value = from.value.toLowerCase();
    if (value === stage.name || value === String(stage.index)) report(from, { params: { name: from.value }, ...inStage(stage) });
  }
});

const wholeStage = rule('copy-whole-stage', 'medium', ['DL3067'], (document, report) => {
  for (const { instruction, stage } of each(document, 'COPY')) {
    if (!fromFlag(instruction)) continue;
    const paths = instruction.words.map((word) => unquoted(word.text));
    if (paths.at(-1) === '/' && paths.slice(0, -1).includes('/')) report(instruction, inStage(stage));
  }
});

function fromFlag(instruction: Instruction) {
  return instruction.flags.find((flag) => flag.name === 'from');
}

/** Platform arguments that FROM knows without a declaration. */
const PLATFORM = new Set(
  ['BUILD', 'TARGET'].flatMap((side) => ['PLATFORM', 'OS', 'OSVERSION', 'ARCH', 'VARIANT', 'STAGE'].map((what) => `${side}${what}`)),
);

const undefinedArgument = rule('undefined-arg-in-from', 'medium', ['UndefinedArgInFrom'], (document, report) => {
  const declared = new Set(document.globals.flatMap((arg) => arg.pairs.map((pair) => pair.key.text)));
  for (const stage of document.stages) {
    const flag = stage.from.flags.find((candidate) => candidate.name === 'platform');
    for (const [text, at] of [
      [stage.image?.text, stage.image],
      [flag?.value, flag],
    ] as const) {
      if (text === undefined || !at) continue;
      const missing = new Set(expand(text, () => undefined).uses.map((use) => use.name));
      for (const name of missing) {
        if (!declared.has(name) && !PLATFORM.has(name)) report(at, { params: { name }, ...inStage(stage) });
      }
    }
  }
});

const invalidDefault = rule('invalid-default-arg-in-from', 'medium', ['InvalidDefaultArgInFrom'], (document, report) => {
  const values = defaults(document);
  for (const stage of document.stages) {
    if (!stage.image || !isDynamic(stage.image.text)) continue;
    const { text, bad } = expand(stage.image.text, (name) => values.get(name));
    if (bad === undefined && !isValidName(text)) report(stage.image, { params: { image: stage.image.text }, ...inStage(stage) });
  }
});

function defaults(document: Dockerfile): Map<string, string> {
  const values = new Map<string, string>([...PLATFORM].map((name) => [name, 'linux']));
  for (const pair of document.globals.flatMap((arg) => arg.pairs)) {
    if (pair.value) values.set(pair.key.text, expand(pair.value.text, (name) => values.get(name), document.escape).text);
  }
  return values;
}

/** As the distribution project's grammar of references has it. */
function isValidName(text: string): boolean {
  const { registry, name, tag, digest } = imageName(text);
  if (registry !== undefined && !/^(?:\[[0-9a-fA-F:]+\]|[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::\d+)?$/.test(registry)) return false;
  if (!/^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*$/.test(name)) return false;
  if (tag !== undefined && !/^\w[\w.-]{0,127}$/.test(tag)) return false;
  return digest === undefined || /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/.test(digest);
}

const order = rule('instruction-before-from', 'high', ['DL3061'], (document, report) => {
  for (const { instruction, stage } of walk(document)) {
    if (stage || instruction.keyword === 'ARG' || instruction.keyword === 'FROM' || instruction.keyword === '?') continue;
    report(instruction, { params: { instruction: instruction.keyword } });
  }
});

const trigger = rule('onbuild-trigger', 'high', ['DL3043'], (document, report) => {
  for (const { instruction, stage } of each(document, 'ONBUILD')) {
    const inner = instruction.trigger?.keyword;
    if (inner === 'ONBUILD' || inner === 'FROM' || inner === 'MAINTAINER')
      report(instruction, { params: { instruction: inner }, ...inStage(stage) });
  }
});

/** A stage that nothing of what is shipped needs: BuildKit leaves it out unless it is asked for by name. */
const unused = rule(
  'stage-unused',
  'negligible',
  [],
  (document, report) => {
    const wanted = new Set<number>();
    const queue = document.stages.slice(-1);
    for (let stage = queue.pop(); stage; stage = queue.pop()) {
      if (wanted.has(stage.index)) continue;
      wanted.add(stage.index);
      if (stage.base) queue.push(stage.base);
      for (const instruction of stage.instructions) {
        const names = [
          ...instruction.flags.filter((flag) => flag.name === 'from').map((flag) => flag.value),
          ...mounts(instruction).map((mount) => mount.from),
        ];
        for (const name of names) {
          const found = document.stages.find(
            (other) => other.index < (stage?.index ?? 0) && (other.name === name?.toLowerCase() || String(other.index) === name),
          );
          if (found) queue.push(found);
        }
      }
    }
    for (const stage of document.stages) {
      if (!wanted.has(stage.index)) report(stage.alias ?? stage.from, { params: { name: stage.name ?? stage.index }, ...inStage(stage) });
    }
  },
  { references: ['https://docs.docker.com/build/building/multi-stage/'], optIn: true },
);

export const stageRules: readonly DockerfileRule[] = [
  duplicate,
  reserved,
  casing,
  asCasing,
  unknownStage,
  ownStage,
  wholeStage,
  undefinedArgument,
  invalidDefault,
  order,
  trigger,
  unused,
];

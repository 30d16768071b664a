import type { SeverityLevel } from '../../../model/index.ts';
import type { Dockerfile, Instruction, Pair, Stage } from '../document.ts';
import type { LabelType } from '../settings.ts';
import { ancestry, type DockerfileRule, each, inStage, isDynamic, type Report, rule, unquoted } from './kit.ts';

function* labels(
  document: Dockerfile,
): Generator<{ instruction: Instruction; stage: Stage | undefined; pair: Pair; key: string; value: string }> {
  for (const { instruction, stage } of each(document, 'LABEL')) {
    for (const pair of instruction.pairs)
      yield { instruction, stage, pair, key: unquoted(pair.key.text), value: unquoted(pair.value?.text ?? '') };
  }
}

const key = rule(
  'label-key-invalid',
  'negligible',
  ['DL3048'],
  (document, report) => {
    for (const { stage, pair, key: name } of labels(document)) {
      const reserved = /^(?:com\.docker|io\.docker|org\.dockerproject)\./.test(name);
      if (!/^[a-z](?:[a-z0-9._/-]*[a-z0-9])?$/.test(name) || reserved || /\.\.|--/.test(name))
        report(pair.key, { params: { key: name }, ...inStage(stage) });
    }
  },
  { references: ['https://docs.docker.com/engine/manage-resources/labels/'] },
);

/** Every stage that ships has to have the labels of the schema, or begin with one that has. */
const missing = rule('label-missing', 'low', ['DL3049'], (document, report) => {
  for (const name of document.settings.labelSchema.keys()) {
    const silent = new Set<number>();
    for (const { instruction } of each(document, 'COPY')) {
      const from = instruction.flags.find((flag) => flag.name === 'from')?.value?.toLowerCase();
      for (const stage of document.stages) if (from !== undefined && stage.name === from) silent.add(stage.index);
    }
    const good = new Set(document.stages.filter((stage) => has(stage, name)).map((stage) => stage.index));
    // A stage that another one builds upon is judged with it.
    for (const index of good) for (const stage of ancestry(document.stages[index])) silent.add(stage.index);
    for (const stage of document.stages) {
      if (silent.has(stage.index) || ancestry(stage).some((one) => good.has(one.index))) continue;
      report(stage.from, { params: { label: name }, ...inStage(stage) });
    }
  }
});

function has(stage: Stage, name: string): boolean {
  return stage.instructions.some(
    (instruction) => instruction.keyword === 'LABEL' && instruction.pairs.some((pair) => unquoted(pair.key.text) === name),
  );
}

const superfluous = rule('label-superfluous', 'low', ['DL3050'], (document, report) => {
  if (!document.settings.strictLabels) return;
  for (const { stage, pair, key: name } of labels(document)) {
    if (!document.settings.labelSchema.has(name)) report(pair.key, { params: { label: name }, ...inStage(stage) });
  }
});

const empty = rule('label-empty', 'medium', ['DL3051'], (document, report) => {
  for (const { stage, pair, key: name, value } of labels(document)) {
    if (document.settings.labelSchema.has(name) && value === '') report(pair, { params: { label: name }, ...inStage(stage) });
  }
});

function typed(
  name: string,
  id: string,
  type: LabelType,
  valid: (value: string, document: Dockerfile) => boolean,
  severity: SeverityLevel = 'medium',
): DockerfileRule {
  return rule(name, severity, [id], (document: Dockerfile, report: Report) => {
    for (const { stage, pair, key: label, value } of labels(document)) {
      if (document.settings.labelSchema.get(label) !== type || isDynamic(value) || valid(value, document)) continue;
      report(pair, { params: { label, value: value.slice(0, 120) }, ...inStage(stage) });
    }
  });
}

const url = typed('label-not-url', 'DL3052', 'url', (value) => /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]*$/i.test(value) && URL.canParse(value));
const time = typed('label-not-time', 'DL3053', 'rfc3339', isTime);
const license = typed('label-not-licence', 'DL3054', 'spdx', (value, document) => document.context.isLicense?.(value) ?? true);
const hash = typed('label-not-git-hash', 'DL3055', 'hash', (value) => /^(?:[0-9a-f]{7}|[0-9a-f]{40}|[0-9a-f]{64})$/.test(value));
const version = typed('label-not-semver', 'DL3056', 'semver', (value) =>
  /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/.test(
    value,
  ),
);
const email = typed(
  'label-not-email',
  'DL3058',
  'email',
  (value) =>
    value.length <= 254 &&
    /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$/.test(
      value,
    ),
);

/** RFC 3339, clause 5.6. */
function isTime(value: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:[Zz]|[+-](\d{2}):(\d{2}))$/.exec(value);
  if (!match) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second <= 60;
}

export const labelRules: readonly DockerfileRule[] = [key, missing, superfluous, empty, url, time, license, hash, version, email];

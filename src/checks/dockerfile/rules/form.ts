import type { TextEdit } from '../../../model/index.ts';
import type { Instruction, Stage } from '../document.ts';
import { isPosixShell } from '../parser/run.ts';
import type { Script, ShellWord } from '../shell/script.ts';
import { type DockerfileRule, each, inCase, inherited, inStage, mostlyLower, REFERENCE, rule, walk } from './kit.ts';

const instructionCasing = rule('instruction-casing', 'negligible', ['ConsistentInstructionCasing'], (document, report) => {
  const lower = mostlyLower(document);
  for (const { keyword, written, words } of document.instructions) {
    const right = inCase(written.text, lower);
    if (keyword === '?' || written.text === right) continue;
    // Those that another rule replaces as a whole are left to it.
    const replaced = keyword === 'MAINTAINER' || keyword === 'ADD';
    const as = keyword === 'FROM' && words.length === 3 ? words.slice(1, 2) : [];
    const fix = replaced ? undefined : [written, ...as].map(({ start, end, text }) => ({ start, end, text: inCase(text, lower) }));
    report(written, { params: { met: written.text, expected: right }, ...(fix ? { fix } : {}) });
  }
});

const emptyContinuation = rule('empty-continuation', 'low', ['NoEmptyContinuation'], (document, report) => {
  for (const span of document.emptyContinuations) {
    const end = document.text.startsWith('\r\n', span.end) ? span.end + 2 : Math.min(span.end + 1, document.text.length);
    // The last line of a file has nothing to join to.
    const fix = document.text.slice(end).trim() === '' ? undefined : [{ start: span.start, end, text: '' }];
    report(span, fix ? { fix } : {});
  }
});

const legacyPair = rule('legacy-key-value', 'low', ['LegacyKeyValueFormat'], (document, report) => {
  for (const { instruction, stage, triggered } of each(document, 'ENV', 'LABEL')) {
    const [pair] = instruction.pairs;
    if (!pair?.legacy || !pair.value) continue;
    const fix = triggered ? undefined : modernPair(document.text, pair.key, pair.value, document.escape);
    report(instruction, { params: { instruction: instruction.keyword, key: pair.key.text }, ...inStage(stage), ...(fix ? { fix } : {}) });
  }
});

/** `key=value`; in quotes where the value has spaces. None where quotes or escapes in it would mean something else then. */
function modernPair(
  text: string,
  key: { end: number },
  value: { text: string; start: number; end: number },
  mark: string,
): readonly TextEdit[] | undefined {
  if (text.slice(value.start, value.end) !== value.text || /[\r\n]/.test(text.slice(key.end, value.end))) return undefined;
  const plain = !/["'`\\]/.test(value.text) && !value.text.includes(mark);
  if (plain && !/\s/.test(value.text)) return [{ start: key.end, end: value.start, text: '=' }];
  if (plain) {
    // In two edits, so that a value, which may be a secret, is in none of them.
    return [
      { start: key.end, end: value.start, text: '="' },
      { start: value.end, end: value.end, text: '"' },
    ];
  }
  // A value that is one quoted string means the same in both forms.
  if (/^"[^"\\`]*"$/.test(value.text) || /^'[^'\\`]*'$/.test(value.text)) return [{ start: key.end, end: value.start, text: '=' }];
  return undefined;
}

const maintainer = rule('maintainer-deprecated', 'high', ['DL4000', 'MaintainerDeprecated', 'DS-0022'], (document, report) => {
  for (const { instruction, stage, triggered } of each(document, 'MAINTAINER')) {
    const name = instruction.words[0]?.text;
    const plain = name?.replace(/^"([^"]*)"$|^'([^']*)'$/, '$1$2');
    const safe = plain !== undefined && !triggered && !/["\\`$'\r\n]/.test(plain);
    const fix = safe
      ? [
          {
            start: instruction.start,
            end: instruction.end,
            text: `${inCase('LABEL', mostlyLower(document))} org.opencontainers.image.authors="${plain}"`,
          },
        ]
      : undefined;
    report(instruction, { ...inStage(stage), ...(fix ? { fix } : {}) });
  }
});

const jsonArguments = rule('json-arguments', 'medium', ['DL3025', 'JSONArgsRecommended'], (document, report) => {
  for (const { instruction, stage, triggered } of each(document, 'CMD', 'ENTRYPOINT', 'HEALTHCHECK')) {
    if (instruction.json || instruction.type?.text.toUpperCase() === 'NONE') continue;
    if (instruction.words.length === 0) continue;
    // Whoever names a shell wants it.
    const chosen = stage && shellChosen(inherited(stage), instruction);
    if (chosen) continue;
    const fix = triggered || !stage || meets(stage, instruction.keyword) ? undefined : jsonForm(document.text, instruction);
    // What asks after health is not sent signals; whoever writes `curl ... || exit 1` needs the shell.
    const minor = instruction.keyword === 'HEALTHCHECK' ? ({ severity: 'negligible' } as const) : {};
    report(instruction, { params: { instruction: instruction.keyword }, ...inStage(stage), ...minor, ...(fix ? { fix } : {}) });
  }
});

/** The other of the two is given as well: which arguments the program then gets depends on the form. */
function meets(stage: Stage, keyword: Instruction['keyword']): boolean {
  const other = keyword === 'CMD' ? 'ENTRYPOINT' : 'CMD';
  return inherited(stage).some((instruction) => instruction.keyword === other);
}

function shellChosen(instructions: readonly Instruction[], before: Instruction): boolean {
  return instructions.some((instruction) => instruction.keyword === 'SHELL' && instruction.start < before.start);
}

const BUILTINS = new Set(
  '. : alias bg bind break builtin case cd command continue declare dirs echo eval exec exit export false fg for function getopts hash if jobs let local popd printf pushd pwd read readonly return select set shift shopt source suspend test time times trap true type typeset ulimit umask unalias unset until wait while ['.split(
    ' ',
  ),
);

/** The JSON form, where no shell is needed: one command of plain words. A shell would replace itself by it or wait for it, with the same words. */
function jsonForm(text: string, instruction: Instruction): readonly TextEdit[] | undefined {
  const { script, rest, shell } = instruction;
  if (!script || !isPosixShell(shell) || instruction.keyword === 'HEALTHCHECK') return undefined;
  const words = plainCommand(script);
  if (!words?.[0] || BUILTINS.has(words[0].text)) return undefined;
  const start = rest.at(0);
  const { end } = rest.span(0, rest.text.length);
  if (text.slice(start, end) !== rest.text) return undefined;
  // What stands between the words is replaced, not the words: they may hold what nobody should see.
  const edges = [start, ...words.flatMap((word) => inner(word)), end];
  const between = words.map((_, index) => ({ start: edges[2 * index]!, end: edges[2 * index + 1]!, text: index === 0 ? '["' : '", "' }));
  return [...between, { start: edges.at(-2)!, end: edges.at(-1)!, text: '"]' }];
}

/** A word without the quotes around it. */
function inner({ start, end, raw, text }: ShellWord): [number, number] {
  return raw === text ? [start, end] : [start + 1, end - 1];
}

function plainCommand(script: Script): readonly ShellWord[] | undefined {
  const [command] = script.commands;
  if (script.commands.length !== 1 || !command || !script.exact || script.problems.length > 0 || script.endsInComment) return undefined;
  if (command.assignments.length + command.redirects.length > 0 || command.background || command.words.length === 0) return undefined;
  if (command.end !== script.end || command.start !== script.start) return undefined;
  return command.words.every(isPlain) ? command.words : undefined;
}

/** Means the same to a shell and in JSON: no pattern, variable or escape, in quotes as a whole or not at all. */
function isPlain({ raw, text, dynamic }: ShellWord): boolean {
  const whole = raw === text || raw === `'${text}'` || raw === `"${text}"`;
  return whole && !dynamic && text !== '' && /^[\x20-\x7e]*$/.test(text) && !/[$`\\*?[\]~{}!#"']/.test(text);
}

const selfReference = rule('env-self-reference', 'high', ['DL3044'], (document, report) => {
  const known = new Set<string>();
  for (const { instruction, stage } of walk(document)) {
    if (instruction.keyword === 'ARG') for (const pair of instruction.pairs) known.add(pair.key.text);
    if (instruction.keyword !== 'ENV') continue;
    for (const [index, pair] of instruction.pairs.entries()) {
      const name = pair.key.text;
      if (known.has(name)) continue;
      const used = new RegExp(`\\$(?:\\{${escaped(name)}\\}|${escaped(name)}(?![A-Za-z0-9_]))`);
      const where = instruction.pairs.find((other, at) => at !== index && other.value && used.test(other.value.text));
      if (where) report(where, { params: { name }, ...inStage(stage) });
    }
    for (const pair of instruction.pairs) known.add(pair.key.text);
  }
});

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

const description = rule(
  'definition-description',
  'negligible',
  ['InvalidDefinitionDescription'],
  (document, report) => {
    for (const { instruction, stage } of walk(document)) {
      const names =
        instruction.keyword === 'ARG'
          ? instruction.pairs.map((pair) => pair.key.text)
          : instruction.keyword === 'FROM' && stage?.name
            ? [stage.name]
            : [];
      const comment = instruction.comments.at(-1);
      if (names.length === 0 || !comment || /^(?:check|hadolint|syntax|escape)\b/.test(comment.text)) continue;
      if (!names.includes(comment.text.split(' ')[0]!)) report(instruction.written, { params: { name: names[0]! }, ...inStage(stage) });
    }
  },
  { optIn: true },
);

const unknownStopSignal = rule(
  'stop-signal-kill',
  'low',
  [],
  (document, report) => {
    for (const { instruction, stage } of each(document, 'STOPSIGNAL')) {
      const signal = instruction.words[0]?.text.toUpperCase();
      if (signal === '9' || signal === 'SIGKILL' || signal === 'KILL') report(instruction, inStage(stage));
    }
  },
  { references: [`${REFERENCE}#stopsignal`] },
);

export const formRules: readonly DockerfileRule[] = [
  instructionCasing,
  emptyContinuation,
  legacyPair,
  maintainer,
  jsonArguments,
  selfReference,
  description,
  unknownStopSignal,
];

import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
import { SEVERITIES, type SeverityLevel } from '../../model/index.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';
import { compile, type Expression } from './expression.ts';
import { type CustomRule, SUBJECTS, type Subject } from './types.ts';

const KINDS = ['dockerfile', 'kubernetes', 'compose', 'run'];
/** Where each subject is to be had. */
const SUBJECTS_OF: Readonly<Record<string, readonly Subject[]>> = {
  dockerfile: ['document', 'instruction'],
  kubernetes: ['document', 'container'],
  compose: ['document', 'container'],
  run: ['document', 'container'],
};
const LEVELS: Readonly<Record<string, SeverityLevel>> = { error: 'high', warning: 'medium', info: 'low', style: 'negligible' };
const KEYS = [
  'id',
  'title',
  'message',
  'why',
  'remedy',
  'severity',
  'kind',
  'for',
  'when',
  'params',
  'references',
  'aliases',
  'benchmarks',
];
const ID = /^[a-z0-9][a-z0-9-]*(?:\/[a-z0-9][a-z0-9-]*)+$/;
/** Domains of our own rules. */
const TAKEN = /^(?:dockerfile|kubernetes|compose|run|image|file|lint)\//;
const MAX_RULES = 1000;

/** The rules of a file. What is wrong in it is a usage error that names file and line. */
export function loadRules(path: string, text: string): CustomRule[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const whereOf = (node: unknown) => {
    const offset = (node as Node | null | undefined)?.range?.[0] ?? 0;
    return `${path}:${lines.linePos(offset).line}`;
  };
  const fail = (node: unknown, detail: string): PlimsollError =>
    new PlimsollError('lint-rules-invalid', { where: whereOf(node), detail }, { exitCode: EXIT.usage });

  const [broken] = document.errors;
  if (broken) {
    const where = `${path}:${lines.linePos(broken.pos[0]).line}`;
    const detail = broken.message.split(/ at line |\n/)[0] ?? broken.message;
    throw new PlimsollError('lint-rules-invalid', { where, detail }, { exitCode: EXIT.usage });
  }
  const list = isMap(document.contents) ? document.contents.get('rules', true) : undefined;
  if (!isSeq(list)) throw fail(document.contents, 'there is no list `rules`');
  if (list.items.length > MAX_RULES) throw fail(list, `more than ${MAX_RULES} rules`);
  const seen = new Set<string>();
  return list.items.map((item) => {
    if (!isMap(item)) throw fail(item, 'a rule is a mapping');
    const rule = readRule(item);
    if (seen.has(rule.id)) throw fail(item, `the id ${rule.id} stands twice`);
    seen.add(rule.id);
    return rule;
  });

  function readRule(map: YAMLMap): CustomRule {
    for (const { key } of map.items) {
      const name = isScalar(key) ? String(key.value) : '';
      if (!KEYS.includes(name)) throw fail(key, `there is no key \`${name}\`; there are ${KEYS.join(', ')}`);
    }
    const id = text('id', true);
    if (!ID.test(id)) throw fail(map.get('id', true), '`id` is written group/name, in small letters, digits and hyphens');
    if (TAKEN.test(id)) throw fail(map.get('id', true), `\`${id.split('/')[0]}/\` begins the ids of built-in rules`);
    const word = text('severity', true);
    const severity = LEVELS[word] ?? SEVERITIES.find((each) => each === word && each !== 'unknown');
    if (!severity) throw fail(map.get('severity', true), `\`severity\` is not ${word}`);
    const kinds = texts('kind');
    const [unknown] = kinds.filter((kind) => !KINDS.includes(kind));
    if (kinds.length === 0 || unknown !== undefined)
      throw fail(map.get('kind', true) ?? map, `\`kind\` is one or several of ${KINDS.join(', ')}`);
    const subject = SUBJECTS.find((each) => each === (map.has('for') ? text('for', true) : 'document'));
    const lacks = kinds.find((kind) => subject === undefined || !SUBJECTS_OF[kind]?.includes(subject));
    if (!subject || lacks !== undefined)
      throw fail(map.get('for', true), `\`for\` is one of ${SUBJECTS_OF[lacks ?? 'compose']?.join(', ')} in ${lacks}`);

    const variables = subject === 'document' ? ['document'] : ['document', subject];
    const when = expression('when', map.get('when', true) ?? map, variables);
    const params = paramsOf(map, variables);
    const title = text('title', true);
    return {
      id,
      aliases: texts('aliases'),
      severity,
      benchmarks: texts('benchmarks'),
      references: texts('references'),
      text: { title, message: text('message') || title, why: text('why'), remedy: text('remedy') },
      kinds,
      subject,
      holds: (of) => when.evaluate(of.values) === true,
      params: (of) => Object.fromEntries(params.map(([name, value]) => [name, shown(value.evaluate(of.values))])),
    };

    function text(key: string, needed = false): string {
      const node = map.get(key, true);
      if (node === undefined && !needed) return '';
      if (isScalar(node) && typeof node.value === 'string' && node.value.trim() !== '') return node.value.trim();
      throw fail(node ?? map, `\`${key}\` is missing or no text`);
    }

    function texts(key: string): string[] {
      const node = map.get(key, true);
      if (node === undefined) return [];
      const items = isSeq(node) ? node.items : [node];
      return items.map((item) => {
        if (isScalar(item) && typeof item.value === 'string') return item.value;
        throw fail(node, `\`${key}\` is a text or a list of texts`);
      });
    }
  }

  function paramsOf(map: YAMLMap, variables: readonly string[]): [string, Expression][] {
    const node = map.get('params', true);
    if (node === undefined) return [];
    if (!isMap(node)) throw fail(node, '`params` is a mapping of names to expressions');
    return node.items.map(({ key, value }) => {
      const name = isScalar(key) ? String(key.value) : '';
      if (!/^\w+$/.test(name)) throw fail(key, 'names of params are letters, digits and underscores');
      return [name, expression(`params.${name}`, value, variables)];
    });
  }

  function expression(key: string, node: unknown, variables: readonly string[]): Expression {
    if (!isScalar(node) || typeof node.value !== 'string') throw fail(node, `\`${key}\` is missing or no text`);
    try {
      return compile(node.value.trim(), variables);
    } catch (error) {
      throw fail(node, `\`${key}\`: ${(error instanceof Error ? error.message : String(error)).split('\n')[0]}`);
    }
  }
}

/** A param as people read it; what is not there is `?`. */
function shown(value: unknown): string | number {
  if (typeof value === 'string') return value.slice(0, 200);
  if (typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === undefined || value === null
    ? '?'
    : JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? Number(each) : each)).slice(0, 200);
}

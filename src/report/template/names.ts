import { EXIT, PlimsollError } from '../../util/errors.ts';
import type { Expression, Nodes } from './parse.ts';

/** What a template sees of one platform: `reportValue`'s names. */
const REPORT = ['tool', 'createdAt', 'target', 'platform', 'distro', 'gate', 'counts', 'issues', 'report'];
/** What only a comparison has: those of schema/compare.json. */
const COMPARISON = ['schemaVersion', 'to', 'packages', 'findings', 'bySeverity', 'hidden', 'decision'];
/** What stands at the root, of a report or of a comparison. */
export const ROOT_NAMES: ReadonlySet<string> = new Set([...REPORT, ...COMPARISON, 'language', 'reports', 'failed']);
const DATA: ReadonlySet<string> = new Set(['root', 'index', 'key', 'first', 'last']);

/**
 * Names at the root that no report has would be written as nothing, and a mistyped list as an empty report.
 *
 * @throws PlimsollError template-malformed with line and names
 */
export function checkNames(nodes: Nodes, name: string): void {
  new Checker(name).nodes(nodes, 0);
}

class Checker {
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  /** `depth`: how many values lie between these nodes and the root. */
  nodes(nodes: Nodes, depth: number): void {
    for (const node of nodes) {
      if (node.kind === 'text') continue;
      if (node.value) this.#expression(node.value, depth, node.line);
      if (node.kind !== 'block') continue;
      const inner = node.name === 'each' || node.name === 'with' ? depth + 1 : depth;
      this.nodes(node.body, inner);
      this.nodes(node.otherwise, depth);
    }
  }

  #expression(of: Expression, depth: number, line: number): void {
    if (of.kind === 'call') for (const each of of.values) this.#expression(each, depth, line);
    if (of.kind !== 'path') return;
    const [first, second] = of.names;
    if (of.data) {
      this.#known(first, DATA, '@', line);
      if (first === 'root') this.#known(second, ROOT_NAMES, '', line);
    } else if (of.up === depth) this.#known(first, ROOT_NAMES, '', line);
  }

  #known(word: string | undefined, names: ReadonlySet<string>, sign: string, line: number): void {
    if (word === undefined || names.has(word)) return;
    const all = [...names].map((each) => `${sign}${each}`).join(', ');
    const detail = `a report has no ${sign}${word}; there are ${all}`;
    throw new PlimsollError('template-malformed', { name: this.#name, line, detail }, { exitCode: EXIT.usage });
  }
}

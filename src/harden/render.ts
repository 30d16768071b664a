import type { Plan, Reason } from './types.ts';

/** The sentence of a reason in the reader's language. */
export type Say = (reason: Reason) => string;

/** Lines with comments before them. */
export class Lines {
  readonly #lines: string[] = [];
  readonly #say: Say;

  constructor(say: Say) {
    this.#say = say;
  }

  /** A line, its reasons above it at the same depth. */
  add(text: string, ...reasons: readonly Reason[]): this {
    const indent = /^ */.exec(text)?.[0] ?? '';
    for (const reason of reasons) for (const line of comment(this.#say(reason), indent)) this.#lines.push(line);
    this.#lines.push(text);
    return this;
  }

  note(reason: Reason, indent = ''): this {
    for (const line of comment(this.#say(reason), indent)) this.#lines.push(line);
    return this;
  }

  toString(): string {
    return `${this.#lines.join('\n')}\n`;
  }
}

const WIDTH = 110;

/** Text of an image may hold anything: no line break of it ends a comment. */
export function comment(text: string, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').split(' ')) {
    if (line !== '' && indent.length + line.length + word.length > WIDTH) {
      lines.push(`${indent}# ${line}`);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, `${indent}# ${line}`];
}

/** A scalar that YAML reads back as this text. */
export function quoted(text: string): string {
  return /^[A-Za-z0-9/][\w./:@-]*$/.test(text) && !/^[\d.:]+$|^(?:true|false|yes|no|on|off|null|y|n)$|:$/i.test(text)
    ? text
    : JSON.stringify(text);
}

/** What goes for every form that says it in a comment. */
export function userNotes(plan: Plan): readonly Reason[] {
  const hardly = plan.user !== undefined && !plan.root && plan.user.gid === 0;
  return [...plan.userReasons, ...(hardly ? [{ code: 'user.hardly' } as const] : [])];
}

export function leftOut(plan: Plan): Reason[] {
  return plan.writable.length === 0 ? [] : [{ code: 'not-mounted', params: { folders: plan.writable.join(', ') } }];
}

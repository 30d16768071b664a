import type { HadolintSettings, LabelType } from '../../src/checks/dockerfile/settings.ts';

/** One expectation of hadolint's own test suite. */
export interface Example {
  readonly code: string;
  readonly dockerfile: string;
  readonly caught: boolean;
  /** Every RUN is wrapped in ONBUILD first. */
  readonly onbuild: boolean;
  readonly settings: Partial<HadolintSettings>;
  /** File and line of the expectation. */
  readonly at: string;
}

interface Token {
  readonly type: 'string' | 'name' | 'sign';
  readonly text: string;
  readonly line: number;
}

/** Reads the expectations out of one of hadolint's `*Spec.hs`: the few forms of Haskell that these files use. */
export function readSpec(file: string, source: string): Example[] {
  return new Reader(file, tokens(source)).examples();
}

function tokens(source: string): Token[] {
  const found: Token[] = [];
  let line = 1;
  const pattern = /--[^\n]*|\{-[\s\S]*?-\}|"(?:[^"\\]|\\\s+\\|\\[\s\S])*"|\?config|[A-Za-z_][\w.']*|\d+|[^\s\w]|\s+/g;
  for (const match of source.matchAll(pattern)) {
    const [text] = match;
    if (text.startsWith('"')) found.push({ type: 'string', text: unescaped(text.slice(1, -1)), line });
    else if (/^[\w?]/.test(text)) found.push({ type: 'name', text, line });
    else if (!/^\s|^--|^\{-/.test(text)) found.push({ type: 'sign', text, line });
    line += text.split('\n').length - 1;
  }
  return found;
}

function unescaped(text: string): string {
  return text.replace(/\\(\s+)\\|\\([\s\S])/g, (_, gap: string | undefined, char: string) => {
    if (gap !== undefined) return '';
    return char === 'n' ? '\n' : char === 't' ? '\t' : char === 'r' ? '\r' : char === '&' ? '' : char;
  });
}

const CALLS = ['ruleCatches', 'ruleCatchesNot', 'onBuildRuleCatches', 'onBuildRuleCatchesNot'];

class Reader {
  readonly #file: string;
  readonly #tokens: readonly Token[];
  readonly #bound = new Map<string, string>();
  #fileSettings: Partial<HadolintSettings> = {};
  #settings: Partial<HadolintSettings> = {};

  constructor(file: string, all: readonly Token[]) {
    this.#file = file;
    this.#tokens = all;
  }

  examples(): Example[] {
    const found: Example[] = [];
    let within = false;
    for (let at = 0; at < this.#tokens.length; at++) {
      const token = this.#tokens[at]!;
      if (token.type !== 'name') continue;
      if (token.text === 'it') {
        within = true;
        this.#settings = this.#fileSettings;
      } else if (token.text === '?config') {
        this.#settings = this.#readSettings(at);
        if (!within) this.#fileSettings = this.#settings;
      } else if (this.#tokens[at + 1]?.text === '=' && this.#tokens[at + 1]?.type === 'sign') {
        const value = this.#value(at + 2);
        if (value !== undefined) this.#bound.set(token.text, value);
      } else if (CALLS.includes(token.text)) {
        const code = this.#word(at + 1);
        const dockerfile = this.#value(at + 2);
        if (dockerfile === undefined || !/^DL\d+$/.test(code ?? '')) continue;
        found.push({
          code: code!,
          dockerfile,
          caught: !token.text.endsWith('Not'),
          onbuild: token.text.startsWith('onBuild'),
          settings: this.#settings,
          at: `${this.#file}:${token.line}`,
        });
      }
    }
    return found;
  }

  #word(at: number): string | undefined {
    const token = this.#tokens[at];
    return token?.type === 'string' ? token.text : token && this.#bound.get(token.text);
  }

  /** A string, a list of lines, a name of either; `Text.unlines`, `$`, `<>` and parentheses around. */
  #value(from: number): string | undefined {
    let at = from;
    let token = this.#tokens[at];
    while (
      token &&
      (token.text === '$' || token.text === '(' || /^(?:Text\.)?(?:unlines|pack|fromStrict)$/.test(token.text)) &&
      token.type !== 'string'
    )
      token = this.#tokens[++at];
    if (!token) return undefined;
    if (token.type === 'name') return this.#bound.get(token.text);
    if (token.type === 'string') {
      let text = token.text;
      while (this.#tokens[at + 1]?.text === '<' && this.#tokens[at + 2]?.text === '>' && this.#tokens[at + 3]?.type === 'string') {
        text += this.#tokens[at + 3]!.text;
        at += 3;
      }
      return text;
    }
    if (token.text !== '[') return undefined;
    const lines: string[] = [];
    let joined = false;
    for (at++; this.#tokens[at] && this.#tokens[at]!.text !== ']'; at++) {
      const item = this.#tokens[at]!;
      if (item.text === '<') joined = true;
      if (item.type !== 'string') continue;
      if (joined) lines.push(`${lines.pop() ?? ''}${item.text}`);
      else lines.push(item.text);
      joined = false;
    }
    return `${lines.join('\n')}\n`;
  }

  #readSettings(from: number): Partial<HadolintSettings> {
    const settings: { -readonly [K in keyof HadolintSettings]?: HadolintSettings[K] } = {};
    if (this.#tokens[from + 1]?.text !== '=') return settings;
    let at = from + 2;
    if (this.#tokens[at]?.text === 'def') at++;
    if (this.#tokens[at]?.text !== '{') return settings;
    const labels = new Map<string, LabelType>();
    for (; this.#tokens[at] && this.#tokens[at]!.text !== '}'; at++) {
      const name = this.#tokens[at]!.text;
      if (name === 'allowedRegistries') settings.trustedRegistries = this.#strings(at + 2);
      if (name === 'strictLabels') settings.strictLabels = this.#tokens[at + 2]?.text === 'True';
      if (this.#tokens[at]!.type === 'string' && this.#tokens[at - 1]?.text === '(' && this.#tokens[at + 1]?.text === ',') {
        labels.set(name, TYPES[this.#tokens[at + 2]!.text.replace(/^.*\./, '')] ?? 'text');
      }
    }
    if (labels.size > 0) settings.labelSchema = labels;
    return settings;
  }

  #strings(from: number): string[] {
    const found: string[] = [];
    for (let at = from; this.#tokens[at] && this.#tokens[at]!.text !== ']'; at++) {
      if (this.#tokens[at]!.type === 'string') found.push(this.#tokens[at]!.text);
    }
    return found;
  }
}

const TYPES: Readonly<Record<string, LabelType>> = {
  Url: 'url',
  Spdx: 'spdx',
  SemVer: 'semver',
  GitHash: 'hash',
  Rfc3339: 'rfc3339',
  Email: 'email',
  RawText: 'text',
};

/** One test of BuildKit's checks: a Dockerfile and the warnings that are expected of it. */
export interface CheckTest {
  readonly dockerfile: string;
  readonly ignore: string | undefined;
  /** `Rule:line`. */
  readonly warnings: readonly string[];
  /** Of the test in its file. */
  readonly line: number;
}

/** Reads the calls of checkLinterWarnings out of the Go source: a literal for the Dockerfile before each, and its list of warnings. */
export function readCheckTests(source: string): CheckTest[] {
  const tests: CheckTest[] = [];
  let dockerfile: string | undefined;
  let ignore: string | undefined;
  const literal =
    /(?:dockerfile|dockerignore)\s*:?=\s*(?:fmt\.Appendf\(\s*nil,|\[\]byte\()\s*(?:integration\.UnixOrWindows\(\s*)?`([\s\S]*?)`/;
  const pattern = new RegExp(`${literal.source}|checkLinterWarnings\\(|^func (\\w+)`, 'gm');
  for (const match of source.matchAll(pattern)) {
    if (match[2] !== undefined) [dockerfile, ignore] = [undefined, undefined];
    else if (match[0].startsWith('dockerignore')) ignore = match[1];
    else if (match[1] !== undefined) dockerfile = filled(match[1], source.slice(match.index, match.index + match[0].length + 200));
    else if (dockerfile !== undefined) {
      const call = source.slice(match.index, closing(source, match.index + match[0].length));
      // What the command line adds is not in the file.
      if (/FrontendAttrs:/.test(call)) continue;
      const inline = /DockerIgnore:\s*\[\]byte\(`([\s\S]*?)`\)/.exec(call)?.[1];
      const usesIgnore = /DockerIgnore:/.test(call);
      // Those of all stages where they are given, not only of the one that is built.
      const list = /UnmarshalWarnings:/.test(call) ? call.replace(/^[\s\S]*UnmarshalWarnings:/, '') : call;
      const warnings = [
        ...[...list.matchAll(/RuleName:\s*"(\w+)"[\s\S]*?Line:\s*(\d+)/g)].map((found) => `${found[1]}:${found[2]}`),
        ...[...list.matchAll(/makeLintWarning\("\w+", (\d+)\)/g)].map((found) => `MultipleInstructionsDisallowed:${found[1]}`),
      ];
      const line = source.slice(0, match.index).split('\n').length;
      tests.push({ dockerfile, ignore: inline ?? (usesIgnore ? ignore : undefined), warnings, line });
    }
  }
  return tests;
}

/** `%s` of a format: the operating system, or some image. */
function filled(text: string, around: string): string {
  let given = /`,([^)]*)\)/.exec(around)?.[1]?.split(',') ?? [];
  return text.replace(/%s/g, () => {
    const [first = '', ...rest] = given;
    given = rest;
    return /os/i.test(first) ? 'linux' : 'busybox';
  });
}

/** The end of a call whose parenthesis is open, literals respected. */
function closing(source: string, from: number): number {
  let depth = 1;
  for (let at = from; at < source.length; at++) {
    const char = source[at];
    if (char === '`') at = source.indexOf('`', at + 1);
    else if (char === '"') while (source[++at] !== '"') at += source[at] === '\\' ? 1 : 0;
    else if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return at;
  }
  return source.length;
}

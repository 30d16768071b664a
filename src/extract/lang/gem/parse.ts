/** What a specification states of itself. */
export interface Gem {
  readonly name: string;
  readonly version: string;
  /** `ruby` where it runs anywhere, else `x86_64-linux`, `java`, ... */
  readonly platform: string;
  readonly licenses: readonly string[];
}

/** The second or first line of a specification that RubyGems wrote; it lists installed gems by this line itself. Source: rubygems/stub_specification.rb. */
const STUB = /^# stub: (\S+) (\S+) (\S+) /m;
/** `s.name = "rack".freeze`, with `%q{rack}` of RubyGems 1, and other names than `s`. */
const ASSIGNMENT = /^ *\w+\.(name|version|platform|license|licenses) = (.*)$/gm;
const STRING = /"((?:[^"\\\n]|\\.)*)"|'([^'\\\n]*)'|%q[<{([]([^>})\]\n]*)[>})\]]/g;
const NAME = /^[\w.-]{1,256}$/;
const VERSION = /^[0-9][0-9A-Za-z.-]{0,255}$/;

/**
 * Name, version, platform and licences of a specification as RubyGems writes it when it installs a gem. It is Ruby, and nothing
 * of it is evaluated: only assignments of literal texts are read. Undefined where name and version cannot be had so.
 */
export function parseGemspec(text: string): Gem | undefined {
  const [, ...stub] = STUB.exec(text.slice(0, 2048)) ?? [];
  const stated = new Map<string, string[]>();
  for (const [, field, value] of text.matchAll(ASSIGNMENT)) if (!stated.has(field!)) stated.set(field!, literals(value!));
  const name = stub[0] ?? stated.get('name')?.[0];
  const version = stub[1] ?? stated.get('version')?.[0];
  if (name === undefined || version === undefined || !NAME.test(name) || !VERSION.test(version)) return undefined;
  const platform = stub[2] ?? stated.get('platform')?.[0] ?? 'ruby';
  return { name, version, platform, licenses: stated.get('licenses') ?? stated.get('license') ?? [] };
}

function literals(value: string): string[] {
  return [...value.matchAll(STRING)].map(([, double, single, percent]) => double?.replace(/\\(.)/g, '$1') ?? single ?? percent ?? '');
}

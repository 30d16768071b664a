// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of shells are what this is about
import { describe, expect, it } from 'vitest';
import { Mapped } from '../parser/mapped.ts';
import { calls } from './calls.ts';
import { parseShell } from './parse.ts';

const parse = (text: string) => parseShell(Mapped.of([{ text, source: 0 }]));
const commands = (text: string) => parse(text).commands.map((command) => command.words.map((word) => word.text).join(' '));

// POSIX.1-2024, Shell Command Language, and bash's manual where it goes further.
describe('parseShell', () => {
  it.each([
    ['a && b || c; d & e', ['a', 'b', 'c', 'd', 'e']],
    ['a | b |& c', ['a', 'b', 'c']],
    ['(a; b) && { c; d; }', ['a', 'b', 'c', 'd']],
    ['if a; then b; elif c; then d; else e; fi', ['a', 'b', 'c', 'd', 'e']],
    ['for x in 1 2; do a $x; done', ['a ${x}']],
    ['for x; do a; done; b', ['a', 'b']],
    ['while a; do b; done < f', ['a', 'b']],
    ['case $x in a|b) c;; (*) d; e;; esac; f', ['c', 'd', 'e', 'f']],
    ['f() { a; }; f', ['a', 'f']],
    ['function g { a; }; g', ['a', 'g']],
    ['[[ -n $x && $y == z ]] && a', ['a']],
    ['(( x > 1 )) && a', ['a']],
    ['! a', ['a']],
    ['time a', ['a']],
    ['A=1 B="2 3" a b', ['a b']],
    ['a=(1 2 3); b', ['', 'b']],
    ['a "$(b "c d")" `e`', ['a $(b "c d") $(e)', 'b c d', 'e']],
    ['a <(b) >(c)', ['a <(b) >(c)', 'b', 'c']],
    ["a 'b c' \"d e\" f\\ g $'h'", ['a b c d e f g h']],
    ['a "b$c${d}" $((1+2))', ['a b${c}${d} $((1+2))']],
    ['a > /dev/null 2>&1 < b', ['a']],
    ['cat <<EOF > /x\n$(rm -rf /)\nEOF\na', ['cat', 'a']],
    ['a # b && c\nd', ['a', 'd']],
    ['a \\\n b', ['a b']],
    ['set -eux; \\\n  a', ['set -eux', 'a']],
    ['echo a#b', ['echo a#b']],
    ['a;;b', ['a', 'b']],
  ])('%j', (text, expected) => {
    expect(commands(text)).toEqual(expected);
  });

  it('knows pipelines, with compound stages', () => {
    const { pipelines } = parse('a | while read x; do b; c; done | d; e');
    expect(pipelines.map(({ stages }) => stages.map((stage) => stage.length))).toEqual([[1, 3, 1]]);
  });

  it('knows what is assigned and redirected', () => {
    const [command] = parse('A=$x a >> "/b c" 2>&1').commands;
    expect(command?.assignments.map(({ name, value }) => [name, value.text])).toEqual([['A', '${x}']]);
    expect(command?.redirects.map(({ operator, target }) => [operator, target?.text])).toEqual([
      ['>>', '/b c'],
      ['>&', '1'],
    ]);
  });

  it('tells what it cannot read and goes on', () => {
    for (const text of ['if a; then b', 'a )', 'done', '$(', "a 'b", 'a "b', 'case x in', 'f() {', '((', '`']) {
      expect(() => parse(text), text).not.toThrow();
    }
    expect(parse('a; ) b').problems.length).toBeGreaterThan(0);
    expect(commands('a; ) ; b')).toEqual(['a', 'b']);
  });
});

describe('calls', () => {
  const names = (text: string) =>
    calls(parse(text)).map(({ name, args, by }) => [by, name, ...args.map((arg) => arg.text)].filter(Boolean).join(' '));

  it.each([
    ['/usr/bin/apt-get install x', ['apt-get install x']],
    ['sudo -E -u root apt-get install x', ['sudo -E -u root apt-get install x', 'sudo apt-get install x']],
    ['DEBIAN_FRONTEND=x env A=1 nice -n 5 a b', ['env A=1 nice -n 5 a b', 'env nice -n 5 a b', 'nice a b']],
    ['timeout 10 a', ['timeout 10 a', 'timeout a']],
    ["sh -c 'a && b c'", ['sh -c a && b c', 'a', 'b c']],
    ['find . | xargs -0 -n1 rm -f', ['find .', 'xargs -0 -n1 rm -f', 'xargs rm -f']],
  ])('%s', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it('keep places within quoted scripts', () => {
    const text = "sh -c 'a && pip install x'";
    const call = calls(parse(text)).find(({ name }) => name === 'pip');
    expect(call?.args.map((arg) => text.slice(arg.start, arg.end))).toEqual(['install', 'x']);
  });
});

import { describe, expect, it } from 'vitest';
import { at, entrySpan, readYaml, scalar, textOf, YAML_BOUNDS, type YamlNode } from './yaml-tree.ts';

const plain = (node: YamlNode | undefined): unknown => {
  if (node?.kind === 'map') return Object.fromEntries([...node.entries].map(([key, entry]) => [key, plain(entry.value)]));
  if (node?.kind === 'list') return node.items.map(plain);
  return node?.value;
};
const read = (text: string) => readYaml(text).documents.map(plain);

describe('readYaml', () => {
  it('reads every document of a text, YAML 1.1 and JSON', () => {
    expect(read('a: yes\nb: [1, "1", null]\n---\n---\n{"c": {"d": false}}\n')).toEqual([
      { a: true, b: [1, '1', null] },
      { c: { d: false } },
    ]);
  });

  it('follows aliases and applies merge keys, what stands in the mapping itself first', () => {
    expect(read('a: &x {b: 1, c: 1}\nd:\n  <<: *x\n  c: 2\ne:\n  <<: [*x, {f: 3}]\n')).toEqual([
      { a: { b: 1, c: 1 }, d: { b: 1, c: 2 }, e: { b: 1, c: 1, f: 3 } },
    ]);
    expect(read('"<<": {a: 1}')).toEqual([{ '<<': { a: 1 } }]);
  });

  it('gives the place of each key and value', () => {
    const text = 'spec:\n  hostNetwork: true # why\n  ports: [1]\n';
    const [document] = readYaml(text).documents;
    const spec = at(document, 'spec');
    const span = entrySpan(spec, 'hostNetwork')!;
    expect(text.slice(span.start, span.end)).toBe('hostNetwork: true');
    const port = at(spec, 'ports', 0)!;
    expect(text.slice(port.start, port.end)).toBe('1');
    expect([scalar(port), textOf(port), at(spec, 'nothing', 'below')]).toEqual([1, '1', undefined]);
  });

  it('takes the last of two equal keys, as the decoders of Kubernetes do', () => {
    expect(read('a: 1\na: 2\n')).toEqual([{ a: 2 }]);
  });

  it('keeps numbers that do not fit as text', () => {
    expect(read('a: .inf\nb: 2001-01-01\n')).toEqual([{ a: '.inf', b: '2001-01-01' }]);
  });

  describe('malformed or hostile text', () => {
    const problem = (text: string) => readYaml(text).problems[0]?.message;

    it('is a problem with its place, and the other documents are read', () => {
      const { documents, problems } = readYaml('a: [\n---\nb: 1\n');
      expect(documents.map(plain)).toEqual([{ b: 1 }]);
      expect(problems).toHaveLength(1);
      expect(problems[0]?.start).toBeGreaterThan(0);
    });

    it('refuses aliases that multiply, or that name themselves', () => {
      const line = (name: string, of: string) => `${name}: &${name} [${Array(10).fill(`*${of}`).join(', ')}]\n`;
      expect(
        problem(`a: &a [1, 1]\n${line('b', 'a')}${line('c', 'b')}${line('d', 'c')}${line('e', 'd')}${line('f', 'e')}${line('g', 'f')}`),
      ).toBe('alias-bomb');
      expect(problem('a: &a [*a]')).toBe('alias-bomb');
      expect(problem('a: *nobody')).toBeTruthy();
    });

    it('refuses what is too deep or too long', () => {
      expect(problem(Array.from({ length: 200 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'))).toBe('too-deep');
      expect(problem('['.repeat(10_000))).toBeTruthy();
      expect(problem('- '.repeat(10_000))).toBeTruthy();
      expect(readYaml('x'.repeat(YAML_BOUNDS.length + 1)).problems).toEqual([{ start: 0, end: 0, message: 'too-large' }]);
      expect(readYaml('[1, 2, 3]', { ...YAML_BOUNDS, nodes: 3 }).problems).toHaveLength(1);
    });

    it('is never a throw', () => {
      for (const text of [
        '',
        '\0',
        '%YAML 9.9\n---\n',
        '\uFEFFa: 1',
        '&',
        '*',
        '!!binary x',
        '? ',
        '<<: 1',
        '<<: [1, {a: 1}]',
        '---\n...\n---',
        '!!set {a}',
      ])
        expect(() => readYaml(text)).not.toThrow();
    });
  });
});

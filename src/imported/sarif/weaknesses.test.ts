import { describe, expect, it } from 'vitest';
import { readSarif } from './index.ts';

const found = (result: object, rule: object = {}, run: object = {}, tool: object = {}) => {
  const driver = { name: 'Tool', rules: [{ id: 'r', ...rule }] };
  const results = [{ ruleId: 'r', message: { text: 'met' }, ...result }];
  return readSarif(JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver, ...tool }, results, ...run }] }), 'x.sarif').runs[0]
    ?.findings[0];
};

const CWE = { name: 'CWE', guid: '1a567403-868f-405e-92cf-771a9ecb03a1', taxa: [{ id: '22' }, { id: '79' }] };
const related = (target: object) => ({ relationships: [{ target, kinds: ['superset'] }] });

describe('weaknesses', () => {
  it.each<[string, object, object, object, readonly string[] | undefined]>([
    ["CodeQL's tags", {}, { properties: { tags: ['security', 'external/cwe/cwe-079', 'external/cwe/cwe-116'] } }, {}, ['CWE-79', 'CWE-116']],
    ["Semgrep's tags", {}, { properties: { tags: ["CWE-95: Improper Neutralization of Directives ('Eval Injection')", 'OWASP-A03:2021'] } }, {}, ['CWE-95']],
    ['tags of the result', { properties: { tags: ['CWE-20'] } }, {}, {}, ['CWE-20']],
    ['a property, as Snyk Code writes it', {}, { properties: { cwe: ['CWE-23'] } }, {}, ['CWE-23']],
    ['a property that is one text', {}, { properties: { cwe: 'CWE-23' } }, {}, ['CWE-23']],
    ['taxa of the result (3.27.8)', { taxa: [{ id: '79', toolComponent: { name: 'CWE' } }] }, {}, {}, ['CWE-79']],
    ['relationships of the rule (3.49.15)', {}, related({ id: 'CWE-327', toolComponent: { name: 'cwe' } }), {}, ['CWE-327']],
    ['a taxonomy by its guid', { taxa: [{ id: '79', toolComponent: { guid: CWE.guid } }] }, {}, { taxonomies: [CWE] }, ['CWE-79']],
    ['a taxon by its index', { taxa: [{ index: 1, toolComponent: { name: 'CWE' } }] }, {}, { taxonomies: [CWE] }, ['CWE-79']],
    ['each once', { taxa: [{ id: '079', toolComponent: { name: 'CWE' } }] }, { properties: { tags: ['external/cwe/cwe-79'] } }, {}, ['CWE-79']],
    ['another taxonomy', { taxa: [{ id: '79', toolComponent: { name: 'OWASP' } }] }, related({ id: '5', toolComponent: { guid: 'x' } }), { taxonomies: [CWE] }, undefined],
    ['a reference to nothing', { taxa: [{ index: 7, toolComponent: { name: 'CWE' } }, { id: '79' }] }, {}, { taxonomies: [CWE] }, undefined],
    ['no numbers', {}, { properties: { tags: ['external/cwe/cwe-', 'cwe-0', 'CWE-noinfo', 'external/cwe/cwe-1234567', 7, null], cwe: { a: 1 } } }, {}, undefined],
    ['what is malformed', { taxa: [7, { toolComponent: 1 }], properties: 1 }, { relationships: [null, { target: [] }], properties: { tags: 'CWE-79' } }, { taxonomies: {} }, undefined],
  ])('are told by %s', (_, result, rule, run, cwes) => {
    expect(found(result, rule, run)?.cwes).toEqual(cwes);
  }); // biome-ignore format: a table

  it('are told by a taxonomy among the extensions', () => {
    expect(found({ taxa: [{ id: '79', toolComponent: { guid: CWE.guid } }] }, {}, {}, { extensions: [CWE] })?.cwes).toEqual(['CWE-79']);
  });

  it('are kept up to a bound', () => {
    const tags = Array.from({ length: 100 }, (_, i) => `external/cwe/cwe-${i + 1}`);
    expect(found({}, { properties: { tags } })?.cwes).toHaveLength(20);
  });
});

describe('a place without a file', () => {
  const at = (...logicalLocations: unknown[]) => ({ locations: [{ logicalLocations }] });

  it.each<[string, object, object, string | undefined]>([
    ['by its full name', at({ name: 'total', fullyQualifiedName: 'shop.Cart.total' }), {}, 'shop.Cart.total'],
    ['by its name', at({ name: 'total', kind: 'function' }), {}, 'total'],
    ['by its index (3.14.17)', at({ index: 0 }), { logicalLocations: [{ fullyQualifiedName: 'shop.Cart' }] }, 'shop.Cart'],
    ['by the first that has a name', at({}, { name: ' ' }, { name: 'b' }, { name: 'c' }), {}, 'b'],
    ['not beside a file', { locations: [{ physicalLocation: { artifactLocation: { uri: 'a.js' } }, logicalLocations: [{ name: 'f' }] }] }, {}, undefined],
    ['not where it is malformed', at(7, { index: 9 }, { name: {} }), { logicalLocations: 1 }, undefined],
  ])('is told %s', (_, result, run, logical) => {
    expect(found(result, {}, run)?.logical).toBe(logical);
  }); // biome-ignore format: a table

  it('is cut, and tells equal messages apart', () => {
    expect(found(at({ name: 'x'.repeat(10_000) }))?.logical).toHaveLength(500);
    const [a, b] = ['a', 'b'].map((name) => found(at({ name }))?.fingerprint);
    expect(a).not.toBe(b);
  });
});

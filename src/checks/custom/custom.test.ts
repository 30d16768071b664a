import { describe, expect, it } from 'vitest';
import { checkCustom } from './check.ts';
import { dockerfileItems } from './dockerfile-items.ts';
import { compile } from './expression.ts';
import { composeItems, runItems } from './items.ts';
import { kubernetesItems } from './kubernetes-items.ts';
import { loadRules } from './load.ts';
import type { ItemReader } from './types.ts';

const rule = (lines: string) =>
  `rules:\n  - id: team/x\n    title: T\n    severity: warning\n    ${lines.trim().replaceAll('\n', '\n    ')}\n`;

function found(read: ItemReader, text: string, rules: string) {
  return checkCustom({ path: 'f', text }, loadRules('rules.yaml', rules), read(text), {});
}

describe('custom rules', () => {
  it('are asked of each container of a Compose file, as written, with anchors followed', () => {
    const text = 'x: &b {labels: {team: a}}\nservices:\n  web: {<<: *b, image: "a:1"}\n  db: {image: "b:1", ports: ["1:1", "2:2"]}\n';
    const labels = rule(
      'kind: compose\nfor: container\nwhen: "!has(container.labels) || !has(container.labels.team)"\nmessage: "{name} has no team"\nparams: {name: container.name}',
    );
    const { findings } = found(composeItems, text, labels);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      id: 'team/x',
      domain: 'custom',
      severity: 'medium',
      params: { name: 'db' },
      text: { title: 'T', message: '{name} has no team', why: '', remedy: '' },
      location: { line: 4, column: 3 },
      resource: 'service db',
    });
    const ports = rule('kind: compose\nfor: container\nwhen: size(container.ports) > 1 && container.ports.exists(p, p.startsWith("1:"))');
    expect(found(composeItems, text, ports).findings.map(({ resource }) => resource)).toEqual(['service db']);
    expect(found(composeItems, text, rule('kind: compose\nwhen: document.services.web.image.matches("^a:[0-9]+$")')).findings).toHaveLength(
      1,
    );
  });

  it('are asked of each command line', () => {
    const { findings } = found(
      runItems,
      'docker run -e A=1 -e B=2 app:1 sh\npodman run x:1',
      rule(
        'kind: run\nfor: container\nwhen: container.engine == "docker" && "env" in container.options && size(container.options.env) == 2 && container.args[0] == "sh"',
      ),
    );
    expect(findings.map(({ location }) => location.line)).toEqual([1]);
  });

  it('are asked of each object and container of a manifest', () => {
    const text =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  replicas: 1\n  template:\n    spec:\n      initContainers:\n        - {name: i, image: a}\n      containers:\n        - name: web\n          image: b\n';
    const one = found(kubernetesItems, text, rule('kind: kubernetes\nwhen: document.kind == "Deployment" && document.spec.replicas < 2'));
    expect(one.findings.map(({ resource }) => resource)).toEqual(['Deployment/shop']);
    const main = found(
      kubernetesItems,
      text,
      rule('kind: [kubernetes]\nfor: container\nwhen: container.role == "main" && container.name == "web"'),
    );
    expect(main.findings.map(({ location }) => location.line)).toEqual([11]);
  });

  it('are asked of each instruction of a Dockerfile, with its flags, pairs and stage', () => {
    const text =
      'FROM a:1 AS build\nRUN --mount=type=cache,target=/x make\nFROM scratch\nENV A=1 B="2 3"\nCOPY --from=build --chown=1:1 a b /c\n';
    const lines = (when: string) =>
      found(dockerfileItems, text, rule(`kind: dockerfile\nfor: instruction\nwhen: '${when}'`)).findings.map(
        ({ location }) => location.line,
      );
    expect(lines('instruction.keyword == "RUN" && instruction.stage.name == "build" && "mount" in instruction.flags')).toEqual([2]);
    expect(lines('instruction.pairs.B == "2 3"')).toEqual([4]);
    expect(
      lines(
        'instruction.flags.from == "build" && instruction.arguments[size(instruction.arguments) - 1] == "/c" && instruction.stage.final',
      ),
    ).toEqual([5]);
    const none = rule(
      'kind: dockerfile\nwhen: \'!document.instructions.exists(i, i.keyword == "HEALTHCHECK") && size(document.stages) == 2\'',
    );
    expect(found(dockerfileItems, text, none).findings).toHaveLength(1);
  });

  it('that ask for what is not there do not hold', () => {
    expect(
      found(composeItems, 'services:\n  a: {image: b}\n', rule('kind: compose\nfor: container\nwhen: container.read_only == true')),
    ).toEqual({ findings: [], failed: [] });
  });

  it('that cannot be evaluated are said to have failed', () => {
    const { findings, failed } = found(
      composeItems,
      'services:\n  a: {image: [b]}\n',
      rule('kind: compose\nfor: container\nwhen: container.image.startsWith("a")'),
    );
    expect(findings).toEqual([]);
    expect(failed).toEqual([{ rule: 'team/x', detail: expect.stringContaining('startsWith') }]);
  });

  it('are heeded by ignores', () => {
    const { findings } = found(
      composeItems,
      'services:\n  # plimsoll:ignore team/x known\n  a: {image: b}\n',
      rule('kind: compose\nfor: container\nwhen: "true"'),
    );
    expect(findings[0]?.suppressed).toEqual({ by: 'pragma', reason: 'known' });
  });
});

describe('an expression', () => {
  const big = Array.from({ length: 2000 }, (_, i) => i);

  it('stops when it looks at too much', () => {
    const nested = compile('document.all(a, document.all(b, a >= 0 && b >= 0))', ['document']);
    expect(() => nested.evaluate({ document: big })).toThrow(/more than 100000 values/);
    expect(compile('document.all(a, a >= 0)', ['document']).evaluate({ document: big })).toBe(true);
  });

  it('is not held up by a pattern that backtracks', () => {
    const pattern = compile('document.matches("^(a+)+$")', ['document']);
    expect(pattern.evaluate({ document: `${'a'.repeat(40)}!` })).toBe(false);
  });

  it.each([
    ['document.(', /expected identifier/i],
    ['unknown == 1', /unknown/i],
    [`${'1 + '.repeat(2000)}1`, /longer than 4000 characters/],
    ['document.all(a, a.all(b, b.all(c, c.all(d, d))))', /more than 3 macros/],
    ['"a" + 1', /overload|operator/i],
  ])('is refused: %s', (source, reason) => {
    expect(() => compile(source, ['document'])).toThrow(reason);
  });

  it('cannot reach what JavaScript hangs on values', () => {
    for (const source of ['document.constructor', 'document.__proto__', 'document.toString']) {
      expect(compile(source, ['document']).evaluate({ document: { a: 1 } })).toBeUndefined();
    }
  });
});

describe('a file of rules that is none', () => {
  it.each([
    ['rules: [', /^rules\.yaml:1$/, ''],
    ['other: 1', /^rules\.yaml:1$/, 'no list `rules`'],
    ['rules:\n  - 5', /:2$/, 'a rule is a mapping'],
    [rule('kind: compose'), /:2$/, '`when` is missing'],
    [rule('kind: nope\nwhen: "true"'), /:5$/, '`kind` is one or several'],
    [rule('kind: compose\nfor: instruction\nwhen: "true"'), /:6$/, '`for` is one of'],
    [rule('kind: compose\nwhen: "document.("'), /:6$/, '`when`: '],
    [rule('kind: compose\nwhen: "nothing == 1"'), /:6$/, '`when`: '],
    [rule('kind: compose\nwhen: "true"\nparams: {a: "("}'), /:7$/, '`params.a`: '],
    [rule('kind: compose\nwhen: "true"\nwhere: x'), /:7$/, 'there is no key `where`'],
    [rule('kind: compose\nwhen: "true"').replace('warning', 'awful'), /:4$/, '`severity` is not awful'],
    [rule('kind: compose\nwhen: "true"').replace('team/x', 'compose/x'), /:2$/, 'begins the ids of built-in rules'],
    [rule('kind: compose\nwhen: "true"').replace('team/x', 'Team'), /:2$/, '`id` is written group/name'],
    [`${rule('kind: compose\nwhen: "true"')}${rule('kind: compose\nwhen: "true"').replace('rules:\n', '')}`, /:7$/, 'stands twice'],
  ])('%j', (text, where, detail) => {
    expect(() => loadRules('rules.yaml', text)).toThrow(
      expect.objectContaining({
        code: 'lint-rules-invalid',
        exitCode: 2,
        params: { where: expect.stringMatching(where), detail: expect.stringContaining(detail) },
      }),
    );
  });
});

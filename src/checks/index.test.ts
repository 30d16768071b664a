import { describe, expect, it } from 'vitest';
import { checkerBasics } from '../../testing/checker-contract.ts';
import { CHECKERS, LINT_KINDS } from './index.ts';

const loaded = await Promise.all(CHECKERS.map(async (entry) => ({ entry, checker: await entry.load() })));
const NAMES: Readonly<Record<string, string>> = { dockerfile: 'Dockerfile', kubernetes: 'pod.yaml', compose: 'compose.yaml', run: 'x.sh' };
const TEXTS = [
  'FROM a\nRUN <<E\napt-get install x\nE\nUSER root\n',
  'ARG A\nFROM $A AS b\nONBUILD RUN x\nCOPY --from=b . .\nCMD ["a"',
  'apiVersion: v1\nkind: Pod\nspec: {containers: [1, {name: 5}, {image: []}], volumes: x}\n',
  'apiVersion: v1\nkind: List\nitems: [{kind: List, apiVersion: v1, items: [a]}]\n',
  'services: {a: {ports: {}, volumes: 5}}\n',
  'docker run -v : -p : --mount , --tmpfs : a@ b\n',
];

describe('CHECKERS', () => {
  it('have every kind once, with its own checker', () => {
    expect(loaded.map(({ entry, checker }) => [entry.id, checker.id])).toEqual(loaded.map(({ entry }) => [entry.id, entry.id]));
    expect(CHECKERS.map(({ id }) => id as string).sort()).toEqual([...LINT_KINDS].sort());
  });

  it('have rules of their own kind, and no name that stands for an id of another', () => {
    const ids = loaded.flatMap(({ checker }) => checker.rules.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    for (const { checker } of loaded) for (const { id } of checker.rules) expect(id.startsWith(`${checker.id}/`), id).toBe(true);
    const aliases = loaded.flatMap(({ checker }) => checker.rules.flatMap((rule) => rule.aliases));
    expect(aliases.filter((alias) => ids.includes(alias))).toEqual([]);
  });

  it.each([
    ['Dockerfile', 'dockerfile'],
    ['Dockerfile.dev', 'dockerfile'],
    ['web.Dockerfile', 'dockerfile'],
    ['Containerfile', 'dockerfile'],
    ['dockerfile', 'dockerfile'],
    ['Dockerfile-prod.2024', 'dockerfile'],
    ['Dockerfile.go1.22', 'dockerfile'],
    ['Dockerfile.dockerignore', undefined],
    ['dockerfile-build.en.ts', undefined],
    ['dockerfile.py', undefined],
    ['Dockerfile.md', undefined],
    ['Dockerfile.j2', undefined],
    ['.Dockerfile', undefined],
    ['compose.yaml', 'compose'],
    ['docker-compose.override.yml', 'compose'],
    ['compose.json', undefined],
    ['values.yaml', undefined],
  ])('know %s by its name: %s', (name, kind) => {
    expect(CHECKERS.find(({ named }) => named?.test(name))?.id).toBe(kind);
  });
});

for (const { checker } of loaded) checkerBasics(checker, NAMES[checker.id] ?? 'x', TEXTS);

import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../checks/dockerfile/parser/parse.ts';
import { fromEdit, type OtherBase } from './from-edit.ts';

const digest = `sha256:${'a'.repeat(64)}` as const;
const old = `sha256:${'0'.repeat(64)}`;
const other: OtherBase = { from: 'python:3.12-slim', to: 'python:3.13-slim', digest };

/** What becomes of a file, and the build argument. */
function edited(text: string, how: Partial<OtherBase> = {}): string | undefined {
  const { diff, buildArg } = fromEdit(parseDockerfile({ path: 'Dockerfile', text }), { ...other, ...how });
  if (!diff) return buildArg;
  expect(diff.slice(0, 2)).toEqual(['--- Dockerfile', '+++ Dockerfile']);
  return applied(text, diff);
}

/** Source: POSIX, diff(1), "Diff -u Output Format": hunks without context. */
function applied(text: string, diff: readonly string[]): string {
  const lines = text.split('\n');
  for (let i = 2; i < diff.length; i += 3) {
    const at = Number(/^@@ -(\d+) \+\1 @@$/.exec(diff[i] ?? '')?.[1]) - 1;
    expect(diff[i + 1]).toBe(`-${lines[at]}`);
    lines[at] = diff[i + 2]?.slice(1) ?? '';
  }
  return lines.join('\n');
}

const pinned = `python:3.13-slim@${digest}`;

describe('the change of a Dockerfile', () => {
  it.each([
    ['a name', 'FROM python:3.12-slim\nRUN x\n', `FROM ${pinned}\nRUN x\n`],
    ['a name without a tag', 'FROM python\n', `FROM ${pinned}\n`],
    ['a digest too', `FROM python:3.12-slim@${old} AS x\n`, `FROM ${pinned} AS x\n`],
    ['a platform and a comment', '# python:3.12-slim\nFROM --platform=linux/amd64 python:3.12-slim as app\n', `# python:3.12-slim\nFROM --platform=linux/amd64 ${pinned} as app\n`],
    ['a continued line', 'FROM \\\n  python:3.12-slim\n', `FROM \\\n  ${pinned}\n`],
    ['the first stage that the last one begins with', 'FROM golang:1 AS b\nFROM python:3.12-slim AS base\nRUN x\nFROM base\nCOPY --from=b x y\n', `FROM golang:1 AS b\nFROM ${pinned} AS base\nRUN x\nFROM base\nCOPY --from=b x y\n`],
    ['lines that end with CR LF', 'FROM python:3.12-slim\r\nRUN x\r\n', `FROM ${pinned}\r\nRUN x\r\n`],
  ])('is of the FROM line: %s', (_, text, wanted) => {
    expect(edited(text)).toBe(wanted);
  }); // biome-ignore format: a table

  it.each([
    ['a tag', 'ARG TAG=3.12-slim\nFROM python:${TAG}\n', 'ARG TAG=3.13-slim\nFROM python:${TAG}\n'],
    ['without braces', 'ARG TAG=3.12-slim\nFROM python:$TAG\n', 'ARG TAG=3.13-slim\nFROM python:$TAG\n'],
    ['a part of the tag', 'ARG V=3.12\nFROM python:${V}-slim AS x\n', 'ARG V=3.13\nFROM python:${V}-slim AS x\n'],
    ['that of several', 'ARG A=3\nARG B=12 C=slim\nFROM python:$A.$B-$C\n', 'ARG A=3\nARG B=13 C=slim\nFROM python:$A.$B-$C\n'],
    ['name and tag', 'ARG BASE=python\nARG TAG=3.12-slim\nFROM ${BASE}:${TAG}\n', 'ARG BASE=python\nARG TAG=3.13-slim\nFROM ${BASE}:${TAG}\n'],
    ['in quotes', 'ARG TAG="3.12-slim"\nFROM python:${TAG}\n', 'ARG TAG="3.13-slim"\nFROM python:${TAG}\n'],
    ['the last of two', 'ARG TAG=1\nARG TAG=3.12-slim\nFROM python:${TAG}\n', 'ARG TAG=1\nARG TAG=3.13-slim\nFROM python:${TAG}\n'],
    ['the whole image', 'ARG BASE=python:3.12-slim\nFROM ${BASE}\n', `ARG BASE=${pinned}\nFROM \${BASE}\n`],
    ['an ARG of an ARG', 'ARG V=3.12\nARG BASE=python:${V}-slim\nFROM $BASE\n', 'ARG V=3.13\nARG BASE=python:${V}-slim\nFROM $BASE\n'],
    ['a default in the FROM line', 'ARG TAG\nFROM python:${TAG:-3.12-slim}\n', 'ARG TAG\nFROM python:${TAG:-3.13-slim}\n'],
    ['tag and digest', `ARG TAG=3.12-slim\nARG SUM=${old}\nFROM python:\${TAG}@\${SUM}\n`, `ARG TAG=3.13-slim\nARG SUM=${digest}\nFROM python:\${TAG}@\${SUM}\n`],
    ['a digest that is written', `ARG TAG=3.12-slim\nFROM python:\${TAG}@${old}\n`, `ARG TAG=3.13-slim\nFROM python:\${TAG}@${digest}\n`],
    ['of a stage that uses it, too', 'ARG TAG=3.12-slim\nFROM python:${TAG} AS b\nRUN x\nFROM python:${TAG}\n', 'ARG TAG=3.13-slim\nFROM python:${TAG} AS b\nRUN x\nFROM python:${TAG}\n'],
  ])('is of the default of an ARG: %s', (_, text, wanted) => {
    expect(edited(text)).toBe(wanted);
  }); // biome-ignore format: a table

  it('is of the FROM line where no one ARG says it', () => {
    const text = 'ARG A=3 B=12-slim\nFROM python:$A.$B\n';
    expect(edited(text, { to: 'python:4.1', from: 'python:3.12-slim' })).toBe(`ARG A=3 B=12-slim\nFROM python:4.1@${digest}\n`);
    expect(edited('ARG V=3.12\nFROM python:${V}-slim\n', { to: 'python:3.13' })).toBe(`ARG V=3.12\nFROM ${pinned.replace('-slim', '')}\n`);
    const sum = `ARG TAG=3.12-slim\nFROM python:\${TAG}@${old}\n`;
    expect(edited(sum, { digest: undefined })).toBe('ARG TAG=3.12-slim\nFROM python:3.13-slim\n');
  });

  it.each([
    ['an ARG without a default', 'ARG TAG\nFROM python:${TAG}\n', 'TAG=3.13-slim'],
    ['of the whole image', 'ARG BASE\nFROM $BASE\n', `BASE=${pinned}`],
    ['a default that was not built with', 'ARG TAG=3.11\nFROM python:${TAG}\n', 'TAG=3.13-slim'],
  ])('is for whoever builds: %s', (_, text, wanted) => {
    expect(edited(text)).toBe(wanted);
  }); // biome-ignore format: a table

  it.each([
    ['another image', 'FROM debian:12\n'],
    ['an image of another registry', 'FROM ghcr.io/library/python:3.12-slim\n'],
    ['scratch', 'FROM scratch\n'],
    ['a variable that is not there', 'FROM $A$B\n'],
    ['an expression', 'ARG T=v3.12-slim\nFROM python:${T#v}\n'],
    ['quotes in the middle', 'FROM py"thon":3.12-slim\n'],
    ['ARGs in a circle', 'ARG A=$B\nARG B=$A\nFROM python:$A\n'],
    ['no FROM', 'RUN x\n'],
    ['nothing', ''],
  ])('is none for %s', (_, text) => {
    expect(edited(text)).toBeUndefined();
  });
});

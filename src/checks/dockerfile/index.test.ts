import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CheckContext } from '../types.ts';
import { dockerfileChecker } from './index.ts';
import { RULES } from './rules/index.ts';

/** Sections `=== rule [line]`, each a Dockerfile and the files beside it after `--- name`. */
interface Case {
  readonly rule: string;
  readonly line: number | undefined;
  readonly text: string;
  readonly files: ReadonlyMap<string, string>;
}

function cases(name: string): Case[] {
  const text = readFileSync(new URL(`testdata/${name}.txt`, import.meta.url), 'utf8');
  return text
    .split(/^=== /m)
    .slice(1)
    .map((section) => {
      const [head = '', ...lines] = section.split('\n');
      const [rule = '', line] = head.split(' ');
      const [dockerfile = '', ...files] = lines.join('\n').split(/^--- /m);
      return {
        rule: `dockerfile/${rule}`,
        line: line === undefined ? undefined : Number(line),
        text: dockerfile,
        files: new Map(files.map((file) => [file.slice(0, file.indexOf('\n')), file.slice(file.indexOf('\n') + 1)])),
      };
    });
}

function check({ text, files, rule }: Case) {
  const context: CheckContext = {
    read: (path) => files.get(path),
    ...(files.size > 0 ? { beside: new Set(files.keys()) } : {}),
    secretsIn: (whole) =>
      whole.split('\n').flatMap((line, index) => (line.includes('TOPSECRET') ? [{ service: 'Acme', line: index + 1 }] : [])),
    isLicense: (licence) => licence === 'MIT',
  };
  return dockerfileChecker.check({ path: 'Dockerfile', text }, context, new Set([rule]));
}

const err = cases('err');
const ok = cases('ok');

describe('rules of Dockerfiles', () => {
  it.each(err.map((one, index) => [one.rule, index, one] as const))('%s is found (%i)', (rule, _index, one) => {
    const lines = check(one)
      .filter((finding) => finding.id === rule)
      .map((finding) => finding.location.line);
    expect(lines).toContain(one.line);
  });

  it.each(ok.map((one, index) => [one.rule, index, one] as const))('%s stays silent (%i)', (rule, _index, one) => {
    expect(check(one).filter((finding) => finding.id === rule)).toEqual([]);
  });

  it('have a case that they find and one that they leave alone', () => {
    const ids = dockerfileChecker.rules
      .map((rule) => rule.id)
      .filter((id) => id !== 'dockerfile/shellcheck')
      .sort();
    expect([...new Set(err.map((one) => one.rule))].sort()).toEqual(ids);
    expect([...new Set(ok.map((one) => one.rule))].sort()).toEqual(ids);
  });

  it('parse what they leave alone', () => {
    for (const one of ok)
      expect(
        check(one).filter((finding) => finding.id === 'dockerfile/syntax'),
        one.text,
      ).toEqual([]);
  });

  it('have ids of their own and name an authority', () => {
    expect(new Set(RULES.map((rule) => rule.id)).size).toBe(RULES.length);
    expect(dockerfileChecker.rules.filter((rule) => rule.references.length === 0)).toEqual([]);
  });
});

describe('names of files', () => {
  it.each(['Dockerfile', 'Containerfile', 'app/Dockerfile.prod', 'web.Dockerfile', 'Dockerfile-dev', 'dockerfile'])('%s is one', (path) => {
    expect(dockerfileChecker.recognises({ path, text: '' })).toBe(true);
  });
  it.each(['Dockerfile.dockerignore', 'Dockerfile-linux.template', 'Dockerfile.j2', 'docker.md', 'app.py'])('%s is none', (path) => {
    expect(dockerfileChecker.recognises({ path, text: 'FROM here to there\n' })).toBe(false);
  });
  it('another name, or none, is one by its content', () => {
    expect(
      dockerfileChecker.recognises({ path: '-', text: '# syntax=docker/dockerfile:1\nARG V=1\nFROM debian:$V AS base\nRUN true\n' }),
    ).toBe(true);
  });
});

describe('ignores of others', () => {
  const found = (text: string, hadolint?: string) =>
    dockerfileChecker
      .check({ path: 'Dockerfile', text }, { read: (path) => (path === '.hadolint.yaml' ? hadolint : undefined) })
      .filter(
        (finding) => finding.aliases.includes('DL3027') || finding.aliases.includes('DL3004') || finding.aliases.includes('FromAsCasing'),
      )
      .map((finding) => `${finding.location.line} ${finding.aliases[0]} ${finding.suppressed?.by ?? finding.severity}`);

  it('hadolint: the next instruction, a stage, the file', () => {
    expect(found('FROM a\n# hadolint ignore=DL3027,SC2086 # on purpose\nRUN a && \\\n  apt x\nRUN apt x\n')).toEqual([
      '4 DL3027 pragma',
      '5 DL3027 medium',
    ]);
    expect(found('# hadolint stage ignore=DL3027\nFROM a\nRUN apt x\nFROM b\nRUN apt x\n')).toEqual(['3 DL3027 pragma', '5 DL3027 medium']);
    expect(found('FROM a\nRUN apt x\n# hadolint global ignore=DL3027\nRUN apt x\n')).toEqual(['2 DL3027 pragma', '4 DL3027 pragma']);
  });

  it('hadolint: settings', () => {
    expect(found('FROM a\nRUN sudo apt x\n', 'ignored: [DL3027]\noverride:\n  info: [DL3004]\n')).toEqual([
      '2 DL3004 low',
      '2 DL3027 settings',
    ]);
    expect(found('FROM a\n# hadolint ignore=DL3027\nRUN apt x\n', 'disable-ignore-pragma: true\n')).toEqual(['3 DL3027 medium']);
    expect(found('FROM a\nRUN apt x\n', ': [')).toEqual(['2 DL3027 medium']);
  });

  it('hadolint: another shell', () => {
    expect(found('FROM a\n# hadolint shell=pwsh\nRUN apt x\n')).toEqual([]);
  });

  it('Docker: the file, an instruction', () => {
    expect(found('# check=skip=FromAsCasing\nFROM a as b\n')).toEqual(['2 FromAsCasing pragma']);
    expect(found('# check=skip=all;error=true\nFROM a as b\nRUN apt x\n')).toEqual(['2 FromAsCasing pragma', '3 DL3027 medium']);
    expect(found('FROM x\n# check=skip=FromAsCasing // as it was\nFROM a as b\nFROM c as d\n')).toEqual([
      '3 FromAsCasing pragma',
      '4 FromAsCasing negligible',
    ]);
  });
});

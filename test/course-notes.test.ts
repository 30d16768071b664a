import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cli } from '../testing/cli.ts';

const NOTES = new URL('../../shared/course/003_dd36e97321b1d96f.txt', import.meta.url);
const notes = existsSync(NOTES) ? readFileSync(NOTES, 'utf8') : '';

/** The first fence of a language that holds a text. */
function fence(language: string, text: string): string {
  return [...notes.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].find((match) => match[1] === language && match[2]?.includes(text))?.[2] ?? '';
}

async function lint(text: string): Promise<string[]> {
  async function* stdin() {
    yield Buffer.from(text);
  }
  const { out } = await cli(['lint', '-', '-f', 'json'], { stdin: stdin() });
  const { findings } = JSON.parse(out) as { findings: { id: string; location: { line: number } }[] };
  return findings.map(({ id, location }) => `${location.line} ${id}`);
}

describe.skipIf(notes === '')('what a course shows (needs ../shared)', () => {
  it('is found in its Dockerfile: the image of the day, the doubled digest, root, SSH', async () => {
    const found = await lint(fence('dockerfile', 'FROM'));
    const wanted = [
      '2 dockerfile/image-latest',
      '5 dockerfile/last-user-root',
      '6 dockerfile/management-port',
      '11 dockerfile/image-digest-malformed',
    ];
    expect(found).toEqual(expect.arrayContaining(wanted));
  });

  it('is found in its Compose file: the version, the password, the socket', async () => {
    const found = await lint(fence('yaml', 'services:'));
    expect(found).toEqual(
      expect.arrayContaining(['2 compose/obsolete-version', '10 compose/secret-in-environment', '30 compose/engine-socket']),
    );
  });

  it('is found in its command lines: the option that does not exist, the colon, the loose label', async () => {
    const found = await lint(fence('bash', '--no-new-privileges'));
    expect(found).toEqual(expect.arrayContaining(['8 run/unknown-flag', '20 run/security-option-colon', '25 run/selinux-disabled']));
  });

  it('is little in the manifest that it shows as a good one', async () => {
    const found = await lint(fence('yaml', 'kind: Deployment'));
    expect(found.filter((each) => /image-tag-latest/.test(each))).toHaveLength(1);
    expect(found.filter((each) => /privileged|run-as-root|privilege-escalation|host-/.test(each))).toEqual([]);
  });
});

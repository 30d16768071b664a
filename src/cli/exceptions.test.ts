import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { cli } from '../../testing/cli.ts';

const cwd = mkdtempSync(join(tmpdir(), 'plimsoll-exceptions-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

it('says of an exception that ended before it was written that it suppresses nothing', async () => {
  const added = await cli(['exceptions', 'add', 'CVE-2020-1', '--reason', 'x', '--expires', '2020-01-01'], { cwd });
  expect(added).toMatchObject({ code: 0, err: expect.stringContaining('its day of expiry is past') });
  expect(readFileSync(join(cwd, 'plimsoll.exceptions.yaml'), 'utf8')).toContain('expires: 2020-01-01');
  const active = await cli(['exceptions', 'add', 'CVE-2020-2', '--reason', 'x'], { cwd });
  expect(active.err).toContain('CVE-2020-2 is accepted by plimsoll.exceptions.yaml from now on');
});

it('writes the same once, and other words where it is asked to', async () => {
  const add = (...more: string[]) => cli(['exceptions', 'add', 'CVE-2021-1', '--package-version', '<2', '--reason', 'x', ...more], { cwd });
  expect(await add()).toMatchObject({ code: 0 });
  expect(await add()).toMatchObject({ code: 0, err: expect.stringMatching(/accepted by plimsoll\.exceptions\.yaml:\d+ already/) });
  expect(await add('--owner', 'web')).toMatchObject({ code: 2, err: expect.stringContaining('with --update') });
  expect(await add('--owner', 'web', '--update')).toMatchObject({ code: 0, err: expect.stringContaining('owner') });
  const text = readFileSync(join(cwd, 'plimsoll.exceptions.yaml'), 'utf8');
  expect(text.match(/CVE-2021-1/g)).toHaveLength(1);
  expect(text).toMatch(/version: <2\n +reason: x\n +owner: web\n/);
});

it('needs a reason, and a file that is one', async () => {
  const bare = await cli(['exceptions', 'add', 'CVE-2021-2', '--lang', 'ko'], { cwd });
  expect(bare).toMatchObject({ code: 2, err: expect.stringContaining('예외에 --reason이(가) 필요하며') });
  const folder = await cli(['exceptions', 'add', 'CVE-2021-2', '--reason', 'x', '--file', '.'], { cwd });
  expect(folder).toMatchObject({ code: 2, err: expect.stringContaining('[exceptions-unreadable]') });
});

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

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommentsApi, startCommentsApi } from '../../testing/github/index.ts';
import { type Ran, ROOT, run } from '../e2e/workshop.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-comment-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TOKEN = 'token-of-the-run';
const MARK = '<!-- plimsoll: registry.example/team/app -->';
let api: CommentsApi;
beforeEach(async () => {
  api = await startCommentsApi('team/app', TOKEN);
});
afterEach(() => api.close());

const IMAGE = 'registry.example/team/app';
const MARKS = `${MARK}\n<!-- plimsoll-input: ${IMAGE} -->`;
const EVENT = { pull_request: { number: 7, head: { sha: 'c0ffee'.padEnd(40, '0') } } };

/** An image that was scanned by this tag, with this report. */
function comment(
  text: string,
  { event = EVENT, token = TOKEN, ...env }: { event?: object; token?: string; OUTCOME?: string; IMAGE?: string; ERRORS?: string } = {},
): Promise<Ran> {
  const body = join(folder, 'comment.md');
  writeFileSync(body, text);
  return start(body, { event, token, OUTCOME: 'pass', ...env });
}

/** A scan that said this, and came to nothing. */
function failed(errors: string, { event = EVENT, token = TOKEN, ...env }: Parameters<typeof comment>[1] & { LANGUAGE?: string } = {}) {
  const file = join(folder, 'scan.err');
  writeFileSync(file, errors);
  return start('', { event, token, OUTCOME: 'error', ERRORS: file, ...env });
}

function start(body: string, { event, token, ...more }: { event: object; token: string; OUTCOME: string }): Promise<Ran> {
  const eventFile = join(folder, 'event.json');
  writeFileSync(eventFile, JSON.stringify(event));
  const github = { GITHUB_TOKEN: token, GITHUB_API_URL: api.url, GITHUB_REPOSITORY: 'team/app', GITHUB_EVENT_PATH: eventFile };
  return run('node', [join(ROOT, 'ci/github/comment.mjs'), body], { env: { ...github, IMAGE: `${IMAGE}:1.0`, ...more } });
}

const made = () => api.requests.map(({ method, path }) => `${method} ${path}`);
const LIST = 'GET /repos/team/app/issues/7/comments?per_page=100';

// Source of methods, paths and headers: https://docs.github.com/rest/issues/comments.
describe('the comment of a pull request', () => {
  it('is written once, then changed in place, and left alone where it says the same', async () => {
    const first = `${MARK}\n\n## Gate: failed 100% "sure"\n`;
    expect(await comment(first)).toMatchObject({ code: 0, out: expect.stringContaining('Written: https://github.com/') });
    expect(await comment(`${MARK}\n\n## Gate: passed\n`)).toMatchObject({ code: 0, out: expect.stringContaining('Changed: ') });
    expect(await comment(`${MARK}\n\n## Gate: passed\n`)).toMatchObject({ code: 0, out: expect.stringContaining('already') });
    expect(made()).toEqual([
      `${LIST}&page=1`,
      'POST /repos/team/app/issues/7/comments',
      `${LIST}&page=1`,
      'PATCH /repos/team/app/issues/comments/1000',
      `${LIST}&page=1`,
    ]);
    expect(api.comments.get(7)).toEqual([{ id: 1000, body: `${MARKS}\n\n## Gate: passed\n` }]);
    const [, posted] = api.requests;
    expect(JSON.parse(posted!.body)).toEqual({ body: first.replace(MARK, MARKS) });
    expect(posted!.headers).toMatchObject({
      'accept': 'application/vnd.github+json',
      'authorization': `Bearer ${TOKEN}`,
      'content-type': 'application/json',
      'x-github-api-version': '2022-11-28',
    });
  });

  it('leaves the comments of people, and of other images, alone', async () => {
    const others = [...Array(150).keys()].map((id) => ({ id, body: id === 3 ? `see ${MARK}` : `comment ${id}` }));
    others.push({ id: 990, body: '<!-- plimsoll: registry.example/team/other -->\nhello' }, { id: 991, body: `${MARK}\nold` });
    api.comments.set(7, others);
    await comment(`${MARK}\nnew`);
    expect(made()).toEqual([`${LIST}&page=1`, `${LIST}&page=2`, 'PATCH /repos/team/app/issues/comments/991']);
    expect(others.filter(({ body }) => body.includes('new')).map(({ id }) => id)).toEqual([991]);
  });

  it('takes no comment for its own that a stranger wrote with its mark, and could change later', async () => {
    const by = (association: string, type: 'Bot' | 'User' = 'User') => ({ user: { login: 'a', type }, author_association: association });
    const comments = ['NONE', 'CONTRIBUTOR', 'FIRST_TIMER'].map((association, id) => ({ id, body: `${MARK}\n`, ...by(association) }));
    api.comments.set(7, comments);
    await comment(`${MARK}\nnew`);
    expect(made()).toEqual([`${LIST}&page=1`, 'POST /repos/team/app/issues/7/comments']);
    api.comments.set(7, [...comments, { id: 8, body: `${MARK}\nold`, ...by('COLLABORATOR') }]);
    await comment(`${MARK}\nnew`);
    expect(made().at(-1)).toBe('PATCH /repos/team/app/issues/comments/8');
  });

  it.each([403, 404])('is a notice where the token may only read, as a fork’s: %i', async (status) => {
    api.refuseWrites = status;
    const { code, out } = await comment(`${MARK}\nnew`);
    expect(code).toBe(0);
    expect(out).toMatch(/^::notice title=Plimsoll::The token may not comment .*pull-requests: write.*\n$/);
    expect(out).not.toContain(TOKEN);
  });

  it('is a notice where the token is not known, or there is none', async () => {
    expect(await comment(`${MARK}\nnew`, { token: 'other' })).toMatchObject({ code: 0, out: expect.stringMatching(/^::notice .*401/) });
    api.requests.length = 0;
    expect(await comment(`${MARK}\nnew`, { token: '' })).toMatchObject({ code: 0, out: expect.stringMatching(/^::notice .*no token/) });
    expect(made()).toEqual([]);
  });

  it('is a warning where the API fails, on one line', async () => {
    api.refuseAll = 500;
    const { code, out } = await comment(`${MARK}\nnew`);
    expect([code, out.split('\n').length]).toEqual([0, 2]);
    expect(out).toMatch(/^::warning title=Plimsoll::.*500/);
  });

  it('asks nothing where the run belongs to no pull request', async () => {
    expect(await comment(`${MARK}\nnew`, { event: { ref: 'refs/heads/main' } })).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^::notice/),
    });
    await comment(`${MARK}\nnew`, { event: { issue: { number: 7 } } });
    expect(made()).toEqual([]);
  });

  it('goes to the pull request of a comment’s event', async () => {
    await comment(`${MARK}\nnew`, { event: { issue: { number: 7, pull_request: {} } } });
    expect(api.comments.get(7)).toHaveLength(1);
  });

  it('refuses a file that is no report', async () => {
    expect(await comment('hello')).toMatchObject({ code: 1, err: expect.stringContaining('mark') });
    expect(made()).toEqual([]);
  });

  it('says that a commit could not be judged in place of what an earlier one came to, until the next is', async () => {
    await comment(`${MARK}\n\n## Gate: passed\n`);
    expect(await failed('error: the registry is down\n')).toMatchObject({ code: 0, out: expect.stringContaining('Changed: ') });
    const [ours] = api.comments.get(7)!;
    expect(ours!.body.split('\n')).toEqual([
      ...MARKS.split('\n'),
      ...['', '## Gate: this commit could not be judged', ''],
      `<code>${IMAGE}:1.0</code> of <code>c0ffee000000</code> could not be scanned. What an earlier run said here does not hold for it.`,
      ...['', '```text', 'error: the registry is down', '```', ''],
    ]);
    await comment(`${MARK}\n\n## Gate: failed\n`);
    expect(api.comments.get(7)).toEqual([{ id: 1000, body: `${MARKS}\n\n## Gate: failed\n` }]);
  });

  it('is found by what was to be scanned, whatever its tag and whatever the report calls it', async () => {
    for (const [first, next] of [
      ['app:1', 'app:2'],
      ['docker:app:1', 'docker:app:2'],
      ['docker:web', 'docker:web:2'],
      ['registry:5000/web:1', 'registry:5000/web@sha256:0'],
      ['docker-archive:image.tar', 'docker-archive:image.tar'],
    ] as const) {
      api.comments.clear();
      await failed('down', { IMAGE: first });
      await comment(`${MARK}\n\nfirst\n`, { IMAGE: next });
      await failed('down again', { IMAGE: next });
      expect([next, api.comments.get(7)?.map(({ body }) => body)]).toEqual([
        next,
        [expect.stringContaining(`${MARK}\n<!-- plimsoll-input`)],
      ]);
      expect(api.comments.get(7)![0]!.body).toContain('down again');
    }
    for (const other of ['docker:other', 'docker-archive:other.tar', 'registry:5001/web']) await failed('down', { IMAGE: other });
    expect(api.comments.get(7)).toHaveLength(4);
  });

  it('shows what went wrong as text and nothing else, at a length that GitHub takes', async () => {
    await failed(`${'x'.repeat(100_000)}\n\u001b[31m@team\u202e \`\`\` <img src=x>\n## no title\n`, { IMAGE: '`@team`<b>:1' });
    const { body } = api.comments.get(7)![0]!;
    expect(body.length).toBeLessThan(65_536);
    expect(body).toContain('<code>&#96;&#64;team&#96;&#60;b&#62;:1</code>');
    expect(body).toMatch(/\n````text\n…x+\n@team ``` <img src=x>\n## no title\n````\n$/);
  });

  it('says so where nothing is known of the error, and in Korean', async () => {
    await failed('', { OUTCOME: '', ERRORS: join(folder, 'absent') });
    expect(api.comments.get(7)![0]!.body).toContain('The log of the run says why.');
    await failed('', { LANGUAGE: 'ko' });
    expect(api.comments.get(7)).toMatchObject([
      { body: expect.stringMatching(/## 게이트: 이 커밋은 판정하지 못했습니다[\s\S]*이유는 실행 로그에 있습니다/) },
    ]);
  });

  it('keeps the report of what could be scanned, under what could not, unless both are too long', async () => {
    await comment(`${MARK}\n\n## Gate: passed\n`, { OUTCOME: 'error', ERRORS: join(folder, 'absent') });
    const bodies = () => api.comments.get(7)!.map(({ body }) => body);
    expect(bodies()).toEqual([expect.stringMatching(/could not be judged[\s\S]*says why\.\n\n## Gate: passed\n$/)]);
    await comment(`${MARK}\n\n${'x'.repeat(65_000)}\n`, { OUTCOME: 'error', ERRORS: join(folder, 'absent') });
    expect(bodies()).toEqual([expect.stringMatching(/says why\.\n$/)]);
  });
});

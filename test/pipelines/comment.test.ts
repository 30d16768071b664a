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

function comment(
  text: string,
  { event = { pull_request: { number: 7 } }, token = TOKEN }: { event?: object; token?: string } = {},
): Promise<Ran> {
  const [body, eventFile] = [join(folder, 'comment.md'), join(folder, 'event.json')];
  writeFileSync(body, text);
  writeFileSync(eventFile, JSON.stringify(event));
  const env = { GITHUB_TOKEN: token, GITHUB_API_URL: api.url, GITHUB_REPOSITORY: 'team/app', GITHUB_EVENT_PATH: eventFile };
  return run('node', [join(ROOT, 'ci/github/comment.mjs'), body], { env });
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
    expect(api.comments.get(7)).toEqual([{ id: 1000, body: `${MARK}\n\n## Gate: passed\n` }]);
    const [, posted] = api.requests;
    expect(JSON.parse(posted!.body)).toEqual({ body: first });
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
});

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/index.ts';
import { keptTexts } from '../../testing/cache-entries.ts';
import { buildImage, writeLayout } from '../../testing/image-builder/index.ts';
import { schemaErrors } from '../../testing/report-schema.ts';
import { SERVICE_CASES, type ServiceCase } from '../../testing/secret-service-cases.ts';
import { type FakeServices, startServices } from '../../testing/secret-services.ts';
import { type Ran, type RunOptions, SET_UP, Workshop } from './workshop.ts';

const shop = new Workshop();
const layout = join(shop.folder, 'leaky');
const of = (rule: string): ServiceCase => SERVICE_CASES.find((each) => each.rule === rule)!;
const [gitlab, slack, stripe, hook] = [
  of('gitlab-personal-access-token'),
  of('slack-bot-token'),
  of('stripe-live-secret-key'),
  of('slack-webhook-url'),
] as const;
const outputs: string[] = [];
let services: FakeServices;

beforeAll(async () => {
  services = await startServices();
  services.behave(slack, 'dead');
  services.behave(stripe, 'broken');
  const image = buildImage({
    platform: { os: 'linux', architecture: process.arch === 'arm64' ? 'arm64' : 'amd64' },
    created: '2026-01-01T00:00:00Z',
    config: { Env: ['PATH=/bin', `SLACK_TOKEN=${slack.secret}`] },
    steps: [
      {
        createdBy: 'COPY . /app # buildkit',
        files: [
          { path: 'app/a.env', content: `A=1\nTOKEN=${gitlab.secret}\n` },
          { path: 'app/b.env', content: `TOKEN=${gitlab.secret}\nSTRIPE=${stripe.secret}\n` },
          { path: 'app/c.env', content: `HOOK=${hook.secret} # plimsoll:ignore of a test channel\n` },
        ],
      },
      { createdBy: 'RUN rm /app/a.env # buildkit', files: [{ path: 'app/.wh.a.env' }] },
      { createdBy: 'COPY motd /etc # buildkit', files: [{ path: 'etc/motd', content: 'hello\n' }] },
    ],
  });
  await writeLayout(layout, [{ image, tag: 'latest' }]);
}, SET_UP);
afterAll(async () => {
  await services.close();
  shop.close();
});

async function run(args: readonly string[], options?: RunOptions): Promise<Ran> {
  const ran = await shop.plimsoll(args, options);
  outputs.push(ran.out, ran.err);
  return ran;
}

const endpoints = () => services.endpoints.join(',');
const asking = () => ['--verify-secrets', '--verify-endpoints', endpoints()];

async function states(args: readonly string[], options?: RunOptions): Promise<string[]> {
  const before = services.requests.length;
  const { out, err } = await run([...args, '-f', 'json', '-q'], options);
  expect(err).toBe('');
  const report: Report = JSON.parse(out);
  expect(schemaErrors(report)).toBeNull();
  expect(report.secrets?.asked ?? 0).toBe(services.requests.length - before);
  return (report.secrets?.findings ?? []).map(({ id, severity, location, live }) =>
    [severity, id, location.path, live ? `${live.state} ${live.code}` : '-'].join(' '),
  );
}

const ALL = [
  'high slack-bot-token SLACK_TOKEN dead refused',
  'critical gitlab-personal-access-token app/a.env live accepted',
  'critical gitlab-personal-access-token app/b.env live accepted',
  'critical stripe-live-secret-key app/b.env unknown service-error',
  'medium slack-webhook-url app/c.env -',
];
const SILENT = ALL.map((each) => each.replace(/(?:dead refused|live accepted|unknown service-error)$/, '-'));

describe('plimsoll secrets --verify-secrets', () => {
  it('asks nobody unless it is asked to', async () => {
    expect((await states(['secrets', layout, '--verify-endpoints', endpoints()])).sort()).toEqual([...SILENT].sort());
    expect(services.requests).toEqual([]);
  });

  it('asks each service once for each secret, and not about what is ignored', async () => {
    expect((await states(['secrets', layout, ...asking()])).sort()).toEqual([...ALL].sort());
    expect(services.requests.map(({ method, url }) => `${method} ${url}`).sort()).toEqual([
      'GET /gitlab/personal_access_tokens/self',
      'GET /stripe/v1/balance',
      'POST /slack/auth.test',
    ]);
    expect(services.wrong).toEqual([]);
  });

  it('reads a known layer anew for it; what was learnt is not kept', async () => {
    expect((await states(['secrets', layout, ...asking()])).sort()).toEqual([...ALL].sort());
    expect((await states(['secrets', layout])).sort()).toEqual([...SILENT].sort());
  });

  it('takes both from the environment and from a file', async () => {
    const env = { PLIMSOLL_SECRETS_VERIFY: 'true', PLIMSOLL_SECRETS_VERIFY_ENDPOINTS: endpoints() };
    expect((await states(['scan', `oci:${layout}`, '--scanners', 'secret'], { env })).sort()).toEqual([...ALL].sort());
    const file = join(shop.folder, 'plimsoll.yaml');
    const mapping = services.endpoints
      .filter((each) => !each.startsWith('slack='))
      .map((each) => `    ${each.replace('=', ': ')}`)
      .join('\n');
    writeFileSync(file, `secrets:\n  verify: true\n  verify-endpoints:\n${mapping}\n    slack: off\n`);
    const quiet = ALL.map((each) => each.replace('dead refused', '-'));
    expect((await states(['secrets', layout, '--config', file])).sort()).toEqual([...quiet].sort());
  });

  it('sends nothing offline, and says so', async () => {
    const before = services.requests.length;
    const refused = await run(['secrets', layout, ...asking(), '--offline']);
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('[secrets-verify-offline]') });
    expect(services.requests.length).toBe(before);
  });

  it.each([['gitlab=http://git.example'], ['gitlab=ftp://localhost'], ['nobody=https://git.example'], ['gitlab=https://u:p@git.example']])(
    'refuses %s as an address',
    async (address) => {
      const refused = await run(['secrets', layout, '--verify-secrets', '--verify-endpoints', address]);
      expect(refused.code).toBe(2);
      expect(refused.err).toMatch(/\[(?:secrets-verify-endpoint|setting-endpoint)\]/);
    },
  );

  it('says what it learnt in both languages', async () => {
    const { out } = await run(['secrets', layout, ...asking()]);
    expect(out).toContain(`ALIVE: ${services.host} takes it`);
    expect(out).toContain('Services were asked with 3 requests: 2 alive, 1 dead, 1 not known.');
    expect((await run(['secrets', layout, ...asking(), '--lang', 'ko'])).out).toContain('유효 2건, 무효 1건, 알 수 없음 1건');
  });

  it('fails a gate that a secret of which nothing is known passes', async () => {
    const one = join(shop.folder, 'hook.env');
    writeFileSync(one, `HOOK=${hook.secret}\n`);
    expect((await run(['secrets', one, '--fail-on', 'high'])).code).toBe(0);
    expect((await run(['secrets', one, '--fail-on', 'high', ...asking()])).code).toBe(1);
  });

  it('writes no secret anywhere', async () => {
    for (const format of ['table', 'json', 'trivy', 'sarif', 'cyclonedx', 'markdown', 'html'])
      await run(['secrets', layout, '-f', format, '--debug', ...asking()]);
    // Nobody listens there: what the client says of it is shown by --debug.
    await run(['secrets', layout, '--debug', '--verify-secrets', '--verify-endpoints', services.endpoints[0]!.replace(/:\d+/, ':9')]);
    const cache = shop.env.PLIMSOLL_CACHE_DIR;
    const files = readdirSync(cache, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
    const raw = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1'));
    const texts = [...outputs, ...raw, ...keptTexts(join(cache, 'layers'))];
    expect(texts.some((text) => text.includes('glpat-****'))).toBe(true);
    for (const { secret } of [gitlab, slack, stripe, hook]) {
      expect(texts.filter((text) => text.includes(secret))).toEqual([]);
      expect(texts.filter((text) => text.includes(secret.slice(-20)))).toEqual([]);
    }
  }, 60_000);
});

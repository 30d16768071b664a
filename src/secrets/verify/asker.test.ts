import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SERVICE_CASES, type ServiceCase } from '../../../testing/secret-service-cases.ts';
import { type Behaviour, type FakeServices, startServices } from '../../../testing/secret-services.ts';
import { createHttp, offlineHttp } from '../../util/http/index.ts';
import { textForms } from '../forms/index.ts';
import { createScanner } from '../index.ts';
import { SECRET_RULES } from '../rules/index.ts';
import { Asker, type AskerOptions } from './asker.ts';
import { VERIFIERS } from './index.ts';

const scanner = createScanner({ rules: SECRET_RULES, hashKey: Buffer.alloc(32) });
const now = new Date('2026-09-01T12:00:00Z');
const http = createHttp({ retries: 0 });
let services: FakeServices;
beforeAll(async () => {
  services = await startServices();
});
afterAll(() => services.close());

const endpointsOf = () =>
  Object.fromEntries(services.endpoints.map((word) => [word.slice(0, word.indexOf('=')), [word.slice(word.indexOf('=') + 1)]]));
const askerOf = (more: Partial<AskerOptions> = {}) => new Asker({ http, verifiers: VERIFIERS, endpoints: endpointsOf(), now, ...more });
const askable = ({ rule, secret, beside = {} }: ServiceCase) => ({ rule, secret, beside });

async function said(one: ServiceCase, behaviour: Behaviour, more?: Partial<AskerOptions>) {
  services.behave(one, behaviour);
  const [answer] = await askerOf(more).ask([askable(one)]);
  return `${answer?.state} ${answer?.code}`;
}

const named = SERVICE_CASES.map((one) => [one.rule, one] as const);

describe('every service', () => {
  it.each(named)('%s: takes a secret, or does not', async (_, one) => {
    expect(await said(one, 'live')).toBe('live accepted');
    if (one.limited) expect(await said(one, 'limited')).toBe('live accepted-without-rights');
    if (one.dead) expect(await said(one, 'dead')).toBe('dead refused');
    expect(services.wrong).toEqual([]);
  });

  it.each(named)('%s: any other answer says nothing of the secret', async (_, one) => {
    expect(await said(one, 'busy')).toBe('unknown rate-limited');
    expect(await said(one, 'broken')).toBe('unknown service-error');
    expect(await said(one, 'garbage')).toBe('unknown unexpected-answer');
    expect(await said(one, 'page')).toBe('unknown unexpected-answer');
    expect(await said(one, 'endless')).toBe('unknown unexpected-answer');
    expect(await said(one, 'elsewhere')).toBe('unknown redirected');
    expect(services.requests.filter(({ url }) => url === '/stolen')).toEqual([]);
  });

  it.each(named)('%s: one that does not answer in time', async (_, one) => {
    expect(await said(one, 'silent', { timeoutMs: 50 })).toBe('unknown timeout');
    expect(await said(one, 'drip', { timeoutMs: 80 })).toBe('unknown timeout');
  });

  it.each(named)('%s: what it is asked about is what the rule finds', (rule, { secret }) => {
    const found = [
      scanner.text('.env', `${rule.toUpperCase().replaceAll('-', '_')}=${secret}\n`),
      scanner.text('.env', `AWS_SECRET_ACCESS_KEY=${secret}\nDATADOG_API_KEY=${secret}\nLINODE_TOKEN=${secret}\nCF_API_TOKEN=${secret}\n`),
      scanner.text('.docker/config.json', `{"auth": "${secret}"}`),
    ];
    expect(found.flat().map((each) => each.rule)).toContain(rule);
  });

  it('has a case for each verifier, and asks by TLS alone', () => {
    const covered = new Set(SERVICE_CASES.map(({ rule }) => rule));
    expect(VERIFIERS.filter(({ rules }) => !rules.some((rule) => covered.has(rule))).map(({ service }) => service)).toEqual([]);
    for (const { bases, reference } of VERIFIERS) {
      for (const base of bases) expect(base).toMatch(/^https:\/\/[a-z0-9./-]+[a-z0-9]$/);
      expect(reference).toMatch(/^https:\/\//);
    }
  });

  it('is named in docs/secrets.md', () => {
    const table = readFileSync(new URL('../../../docs/secrets.md', import.meta.url), 'utf8').split('## Alive or not')[1]!;
    const names = table.split('\n').flatMap((line) => (line.startsWith('| `') ? (line.split('|')[1]!.match(/[a-z-]+/g) ?? []) : []));
    for (const { service } of VERIFIERS) expect(names).toContain(service);
  });

  it('is asked about rules that there are, by one verifier each', () => {
    const known = new Set([...SECRET_RULES, ...textForms].map(({ id }) => id));
    const rules = VERIFIERS.flatMap((verifier) => verifier.rules);
    expect([...rules, ...VERIFIERS.flatMap(({ beside = [] }) => beside)].filter((rule) => !known.has(rule))).toEqual([]);
    expect(new Set(rules).size).toBe(rules.length);
  });
});

const [github] = SERVICE_CASES.filter(({ service }) => service === 'github') as [ServiceCase];
const other = (token: string) => ({ ...askable(github), secret: token });

describe('asking', () => {
  it('is done once for each distinct secret', async () => {
    services.behave(github, 'live');
    const before = services.requests.length;
    const asker = askerOf();
    const answers = await asker.ask([askable(github), askable(github), { ...askable(github), rule: 'github-oauth-token' }]);
    await asker.ask([askable(github)]);
    expect(answers.map(({ state }) => state)).toEqual(['live', 'live', 'live']);
    expect(services.requests.length - before).toBe(1);
    expect(asker.requests).toBe(1);
    expect(answers[0]).toEqual({ state: 'live', code: 'accepted', host: services.host, checkedAt: '2026-09-01T12:00:00.000Z' });
  });

  it('ends at a limit', async () => {
    const asker = askerOf({ limit: 2 });
    const answers = await asker.ask(['a', 'b', 'c', 'd'].map(other));
    expect(answers.map(({ code }) => code).filter((code) => code === 'request-limit')).toHaveLength(2);
    expect(asker.requests).toBe(2);
  });

  it('leaves a host in peace that asked for it', async () => {
    services.behave(github, 'busy');
    const asker = askerOf();
    const [first] = await asker.ask([askable(github)]);
    const [second] = await asker.ask([other('x')]);
    expect([first?.code, second?.code]).toEqual(['rate-limited', 'rate-limited']);
    expect(asker.requests).toBe(1);
    expect(await said(github, 'busy-403')).toBe('unknown rate-limited');
  });

  it('goes to all addresses of a service until one takes the secret', async () => {
    services.behave(github, 'live');
    const base = `${services.url}/github`;
    const ask = (endpoints: readonly string[]) => askerOf({ endpoints: { github: endpoints } }).ask([askable(github)]);
    expect((await ask([`${services.url}/nowhere`, base]))[0]?.state).toBe('live');
    services.behave(github, 'dead');
    expect((await ask([base, `${services.url}/nowhere`]))[0]).toMatchObject({ state: 'unknown', code: 'unexpected-answer' });
    expect((await ask([base, base]))[0]?.state).toBe('dead');
  });

  it('is not done of a service that is switched off, or where something is missing', async () => {
    expect(askerOf({ endpoints: { github: [] } }).canAsk(github.rule)).toBe(false);
    expect(askerOf().canAsk('jwt')).toBe(false);
    const aws = SERVICE_CASES.find(({ service }) => service === 'aws')!;
    const asker = askerOf();
    const asia = ['ASIA', 'Q3EGRWZ5TYUI7MNB'].join('');
    const answers = await asker.ask([
      { ...askable(aws), beside: {} },
      { ...askable(aws), beside: { 'aws-access-key-id': asia } },
    ]);
    expect(answers.map(({ code }) => code)).toEqual(['incomplete', 'incomplete']);
    expect(asker.requests).toBe(0);
  });

  it('shows the session token of temporary keys', async () => {
    const aws = SERVICE_CASES.find(({ service }) => service === 'aws')!;
    const asia = ['ASIA', 'Q3EGRWZ5TYUI7MNB'].join('');
    await askerOf().ask([{ ...askable(aws), beside: { 'aws-access-key-id': asia, 'aws-session-token': 'session' } }]);
    const { headers } = services.requests.at(-1)!;
    expect(headers['x-amz-security-token']).toBe('session');
    expect(headers.authorization).toContain('SignedHeaders=content-type;host;x-amz-date;x-amz-security-token,');
  });

  it('tells nothing of the secret, whatever goes wrong', async () => {
    const bad = other('with a line\nbreak');
    const [unsent] = await askerOf().ask([bad]);
    expect(unsent).toMatchObject({ state: 'unknown', code: 'unreachable' });
    const [nobody] = await askerOf({ endpoints: { github: ['http://127.0.0.1:9'] } }).ask([askable(github)]);
    expect(nobody).toMatchObject({ state: 'unknown', code: 'unreachable', host: '127.0.0.1:9' });
    const [offline] = await askerOf({ http: offlineHttp() }).ask([askable(github)]);
    expect(offline).toMatchObject({ state: 'unknown', code: 'unreachable' });
    expect(JSON.stringify([unsent, nobody, offline])).not.toMatch(/line|ghp_/);
  });

  it('ends where the run is interrupted', async () => {
    const [answer] = await askerOf({ signal: AbortSignal.abort() }).ask([askable(github)]);
    expect(answer?.code).toBe('interrupted');
  });
});

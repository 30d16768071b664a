import { describe, expect, it } from 'vitest';
import { SERVICE_CASES } from '../../../testing/secret-service-cases.ts';
import { createScanner } from '../../secrets/index.ts';
import { SECRET_RULES } from '../../secrets/rules/index.ts';
import type { FoundSecret } from '../../secrets/types.ts';
import type { Http, HttpRequest } from '../../util/http/types.ts';
import { HeldTexts } from './held-texts.ts';
import { Liveness } from './liveness.ts';

const aws = SERVICE_CASES.find(({ service }) => service === 'aws')!;
const ID = (rest: string) => ['AKIA', rest].join('');
const [FIRST, SECOND] = [ID('Q3EGRWZ5TYUI7MNB'), ID('J4VKTLW2PXNQ6RSD')];
const [ONE, TWO] = [aws.secret, [...aws.secret].reverse().join('')];

describe('what is held of secrets', () => {
  const RULES = new Set(['aws-secret-access-key', 'aws-access-key-id']);

  it('is the text of those that can be asked about, with what is nearest to them in the same file', () => {
    const held = new HeldTexts(RULES);
    held.hold('credentials', 'aws-access-key-id', 'h1', FIRST);
    held.hold('credentials', 'aws-secret-access-key', 'h2', ONE);
    held.hold('credentials', 'aws-access-key-id', 'h3', SECOND);
    held.hold('credentials', 'aws-secret-access-key', 'h4', TWO);
    held.hold('other', 'aws-secret-access-key', 'h5', TWO);
    held.hold('other', 'jwt', 'h6', 'x');
    expect(held.of('h2')).toEqual({ secret: ONE, beside: { 'aws-access-key-id': FIRST } });
    expect(held.of('h4')).toEqual({ secret: TWO, beside: { 'aws-access-key-id': SECOND } });
    expect(held.of('h5')).toEqual({ secret: TWO, beside: {} });
    expect(held.of('h6')).toBeUndefined();
    expect([held.has({ rule: 'jwt', hash: 'h6' }), held.has({ rule: 'aws-secret-access-key', hash: 'h7' })]).toEqual([true, false]);
  });

  it('is bounded', () => {
    const held = new HeldTexts(RULES);
    for (let i = 0; i < 10_001; i++) held.hold(`${i}`, 'aws-secret-access-key', `h${i}`, 'x');
    expect(held.of('h9999')).toBeDefined();
    expect(held.of('h10000')).toBeUndefined();
  });
});

describe('liveness', () => {
  const asked: HttpRequest[] = [];
  const http: Http = {
    request: async (request) => {
      asked.push(request);
      const text = Buffer.from(aws.live.body as string);
      const body = (async function* () {
        yield text;
      })();
      return { status: 200, headers: {}, url: request.url, body, bytes: async () => text, discard: () => undefined };
    },
  };
  const finding = (found: FoundSecret, more: object = {}) => ({
    ...found,
    kind: 'secret' as const,
    id: found.rule,
    location: { where: 'file' as const, path: 'credentials' },
    fingerprint: '0',
    visible: true,
    ...more,
  });

  it('is asked with the pair of the file that was scanned, as the very scan found it, and not of what is suppressed', async () => {
    const liveness = new Liveness({ http, now: new Date('2026-09-01T12:00:00Z') });
    const scanner = createScanner({ rules: SECRET_RULES, hashKey: Buffer.alloc(32), onSecret: liveness.hold });
    const text = `[a]\naws_access_key_id = ${FIRST}\naws_secret_access_key = ${ONE}\n[b]\naws_secret_access_key = ${TWO} # plimsoll:ignore old\n`;
    const found = scanner.text('.aws/credentials', text);
    const findings = found.map((each) => finding(each, each.ignored ? { suppressed: each.ignored } : {}));
    const judged = await liveness.judge(findings);
    expect(asked.map(({ url, redirects }) => [url, redirects])).toEqual([['https://sts.amazonaws.com/', 'answer']]);
    expect(asked[0]?.headers?.authorization).toContain(`Credential=${FIRST}/`);
    expect(judged.asked).toBe(1);
    expect(judged.findings.map(({ id, live, suppressed }) => [id, live?.state, suppressed?.by])).toEqual(
      expect.arrayContaining([
        ['aws-access-key-id', undefined, undefined],
        ['aws-secret-access-key', 'live', undefined],
        ['aws-secret-access-key', undefined, 'pragma'],
      ]),
    );
    expect(JSON.stringify(judged)).not.toContain(ONE);
  });

  it('says of a text that is not held that nobody was asked', async () => {
    const liveness = new Liveness({ http, now: new Date(0) });
    const base = { rule: 'slack-webhook-url', service: 'Slack', word: 'webhook', masked: '*', hash: 'h' } as const;
    const { findings } = await liveness.judge([finding({ ...base, severity: 'medium' })]);
    expect(findings[0]).toMatchObject({ severity: 'medium', live: { state: 'unknown', code: 'request-limit' } });
  });
});

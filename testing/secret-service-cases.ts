import { crc32 } from 'node:zlib';

export interface Said {
  readonly status: number;
  /** Text as it is, anything else as JSON. */
  readonly body: unknown;
}

/** A service as its documentation describes the one request that is asked of it. Written by hand from the pages that the verifiers name. */
export interface ServiceCase {
  readonly service: string;
  /** One of its rules, for which `secret` is made. */
  readonly rule: string;
  readonly secret: string;
  readonly beside?: Readonly<Record<string, string>>;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | RegExp>>;
  readonly body?: string | RegExp;
  readonly live: Said;
  readonly limited?: Said;
  readonly dead?: Said;
}

/** Put together here, so that no scanner of repositories takes them for somebody's. */
const made = (...parts: readonly string[]): string => parts.join('');
const some = (length: number): string => 'q7Xw2Lp9Zr4Tn8Vb3Kd6Hs1Jm5Gf0Cy'.repeat(8).slice(0, length);
const hex = (length: number): string => '7f3a9c1e5b8d2046'.repeat(10).slice(0, length);
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** With the checksum that such tokens end with: CRC32 in base 62. */
function checked(prefix: string): string {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  const sum = Array.from({ length: 6 }, (_, i) => digits[Math.floor(crc32(some(30)) / 62 ** (5 - i)) % 62]);
  return made(prefix, some(30), ...(sum as string[]));
}

const GITHUB = checked('ghp_');
const SLACK = made('xox', 'b-', '804271936504-2957318046271-', some(24));
const HOOK = made('/services/T0', 'A1B2C3D4/B0', 'A1B2C3D4/', some(24));
const DISCORD_HOOK = made('/webhooks/', '804271936504295731/', some(68));
const DISCORD_BOT = made(base64('803511102246789123'), '.', some(6), '.', some(27));
const DOCKER = base64(made('shop:', 'dckr', '_pat_', some(27)));
const MAILGUN = made('key', '-', hex(32));
const STRIPE = made('sk', '_live_51', some(60));
const PYPI = made('pypi', '-AgEIcHlwaS5vcmc', some(80));
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const json401 = { status: 401, body: { message: 'Unauthorized' } };

function plain(service: string, rule: string, secret: string, path: string, live: unknown, more: Partial<ServiceCase> = {}): ServiceCase {
  return { service, rule, secret, method: 'GET', path, headers: bearer(secret), live: { status: 200, body: live }, dead: json401, ...more };
}

export const SERVICE_CASES: readonly ServiceCase[] = [
  plain(
    'github',
    'github-personal-access-token',
    GITHUB,
    '/user',
    { login: 'octocat', id: 1 },
    {
      dead: { status: 401, body: { message: 'Bad credentials' } },
      limited: { status: 403, body: { message: 'Resource not accessible by integration' } },
    },
  ),
  plain(
    'gitlab',
    'gitlab-personal-access-token',
    made('glpat', '-', some(20)),
    '/personal_access_tokens/self',
    { id: 4, scopes: ['api'], active: true },
    {
      headers: { 'private-token': made('glpat', '-', some(20)) },
      limited: { status: 403, body: { error: 'insufficient_scope' } },
    },
  ),
  plain(
    'gitlab',
    'gitlab-runner-token',
    made('glrt', '-', some(20)),
    '/runners/verify',
    { id: 12, token: 'x' },
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: made('glrt', '-', some(20)) }),
      dead: { status: 403, body: { message: '403 Forbidden' } },
    },
  ),
  plain('npm', 'npm-access-token', checked('npm_'), '/-/whoami', { username: 'somebody' }),
  plain('pypi', 'pypi-upload-token', PYPI, '/legacy/', '400 Include at least one message digest.', {
    method: 'POST',
    headers: { 'authorization': `Basic ${base64(`__token__:${PYPI}`)}`, 'content-type': /^multipart\/form-data; boundary=plimsoll$/ },
    body: /^--plimsoll\r\n.*name=":action"\r\n\r\nfile_upload\r\n--plimsoll--\r\n$/s,
    live: { status: 400, body: '400 Include at least one message digest.' },
    dead: { status: 403, body: '403 Invalid or non-existent authentication information.' },
  }),
  plain('rubygems', 'rubygems-api-key', made('rubygems', '_', hex(48)), '/api/v1/gems.json', [], {
    headers: { authorization: made('rubygems', '_', hex(48)) },
    limited: { status: 403, body: 'The API key does not have access' },
    dead: { status: 401, body: 'Access Denied. Please sign up for an account at https://rubygems.org' },
  }),
  plain('huggingface', 'huggingface-access-token', made('hf', '_', 'qXwLpZrTnVbKdHsJmGfCyQaEuYoIiOxWvB'), '/api/whoami-v2', {
    name: 'somebody',
  }),
  plain(
    'dockerhub',
    'docker-config-auth',
    DOCKER,
    '/token?service=registry.docker.io',
    { token: 'eyJ' },
    {
      headers: { authorization: `Basic ${DOCKER}` },
      dead: { status: 401, body: { details: 'incorrect username or password' } },
    },
  ),
  plain(
    'circleci',
    'circleci-personal-token',
    made('CCIPAT', '_', some(22), '_', hex(40)),
    '/me',
    { id: '1', login: 'x' },
    {
      headers: { 'circle-token': made('CCIPAT', '_', some(22), '_', hex(40)) },
    },
  ),
  plain('buildkite', 'buildkite-api-token', made('bkua', '_', hex(40)), '/v2/access-token', { uuid: 'b63254c0', scopes: [] }),
  plain(
    'slack',
    'slack-bot-token',
    SLACK,
    '/auth.test',
    { ok: true, team_id: 'T1', user_id: 'U1' },
    {
      method: 'POST',
      dead: { status: 200, body: { ok: false, error: 'token_revoked' } },
    },
  ),
  plain('slack-webhook', 'slack-webhook-url', made('https://hooks.', 'slack.com', HOOK), HOOK, '', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    // No JSON: a service that can read it would post it.
    body: /^[^{["]*$/,
    live: { status: 400, body: 'invalid_payload' },
    dead: { status: 404, body: 'no_service' },
  }),
  plain(
    'discord',
    'discord-bot-token',
    DISCORD_BOT,
    '/users/@me',
    { id: '80351110224678912' },
    {
      headers: { authorization: `Bot ${DISCORD_BOT}` },
      dead: { status: 401, body: { message: '401: Unauthorized', code: 0 } },
    },
  ),
  plain(
    'discord',
    'discord-webhook-url',
    made('https://', 'discord.com/api', DISCORD_HOOK),
    DISCORD_HOOK,
    { id: '1', channel_id: '2' },
    {
      headers: {},
      dead: { status: 404, body: { message: 'Unknown Webhook', code: 10015 } },
    },
  ),
  plain(
    'telegram',
    'telegram-bot-token',
    made('804271936', ':AA', some(33)),
    `/bot${made('804271936', ':AA', some(33))}/getMe`,
    { ok: true, result: { id: 804271936 } },
    {
      headers: {},
      dead: { status: 401, body: { ok: false, error_code: 401, description: 'Unauthorized' } },
    },
  ),
  plain('aws', 'aws-secret-access-key', some(40), '/', '', {
    beside: { 'aws-access-key-id': made('AKIA', 'Q3EGRWZ5TYUI7MNB') },
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'x-amz-date': '20260901T120000Z',
      'authorization':
        /^AWS4-HMAC-SHA256 Credential=AKIAQ3EGRWZ5TYUI7MNB\/20260901\/us-east-1\/sts\/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=[0-9a-f]{64}$/,
    },
    body: 'Action=GetCallerIdentity&Version=2011-06-15',
    live: {
      status: 200,
      body: '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/x</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>',
    },
    dead: { status: 403, body: '<ErrorResponse><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code></Error></ErrorResponse>' },
  }),
  plain(
    'digitalocean',
    'digitalocean-personal-token',
    made('dop', '_v1_', hex(64)),
    '/v2/account',
    { account: { status: 'active' } },
    {
      limited: { status: 403, body: { id: 'Forbidden', message: 'You are not authorized to perform this operation' } },
      dead: { status: 401, body: { id: 'Unauthorized', message: 'Unable to authenticate you' } },
    },
  ),
  plain(
    'heroku',
    'heroku-api-key',
    made('HRKU', '-AA', some(58)),
    '/account',
    { id: '1', email: 'a@example.com' },
    {
      headers: { ...bearer(made('HRKU', '-AA', some(58))), accept: 'application/vnd.heroku+json; version=3' },
      limited: { status: 403, body: { id: 'forbidden', message: 'You do not have access.' } },
      dead: { status: 401, body: { id: 'unauthorized', message: 'Invalid credentials provided.' } },
    },
  ),
  plain(
    'cloudflare',
    'cloudflare-api-token',
    made('cfut', '_', some(40), hex(8)),
    '/user/tokens/verify',
    { success: true, result: { id: '1', status: 'active' } },
    {
      dead: { status: 401, body: { success: false, errors: [{ code: 1000, message: 'Invalid API Token' }] } },
    },
  ),
  plain(
    'cloudflare',
    'cloudflare-legacy-api-token',
    some(40),
    '/user/tokens/verify',
    { success: true, result: { id: '1', status: 'active' } },
    {
      dead: { status: 200, body: { success: true, result: { id: '1', status: 'expired' } } },
    },
  ),
  plain(
    'linode',
    'linode-token',
    hex(64),
    '/profile',
    { username: 'x' },
    {
      limited: { status: 401, body: { errors: [{ reason: 'Your OAuth token is not authorized to use this endpoint.' }] } },
      dead: { status: 401, body: { errors: [{ reason: 'Invalid Token' }] } },
    },
  ),
  plain('terraform-cloud', 'terraform-cloud-token', made(some(14), '.atlasv1.', some(67)), '/account/details', { data: { id: 'user-1' } }),
  plain(
    'datadog',
    'datadog-api-key',
    hex(32),
    '/api/v1/validate',
    { valid: true },
    {
      headers: { 'dd-api-key': hex(32) },
      dead: { status: 403, body: { errors: ['Forbidden'] } },
    },
  ),
  plain(
    'stripe',
    'stripe-live-secret-key',
    STRIPE,
    '/v1/balance',
    { object: 'balance', available: [] },
    {
      limited: {
        status: 403,
        body: {
          error: { type: 'invalid_request_error', message: 'The provided key does not have the required permissions for this endpoint' },
        },
      },
      dead: { status: 401, body: { error: { type: 'invalid_request_error', message: 'Invalid API Key provided' } } },
    },
  ),
  plain(
    'sendgrid',
    'sendgrid-api-key',
    made('SG', '.', some(22), '.', some(43)),
    '/v3/scopes',
    { scopes: ['mail.send'] },
    {
      limited: { status: 403, body: { errors: [{ message: 'access forbidden' }] } },
    },
  ),
  plain(
    'mailgun',
    'mailgun-api-key',
    MAILGUN,
    '/v3/domains?limit=1',
    { items: [], total_count: 0 },
    {
      headers: { authorization: `Basic ${base64(`api:${MAILGUN}`)}` },
      dead: undefined as never,
    },
  ),
  plain(
    'openai',
    'openai-api-key',
    made('sk', '-proj-', some(60), 'T3BlbkFJ', some(60)),
    '/v1/models',
    { object: 'list', data: [] },
    {
      limited: {
        status: 403,
        body: { error: { message: 'You have insufficient permissions for this operation. Missing scopes: api.model.read.' } },
      },
      dead: { status: 401, body: { error: { code: 'invalid_api_key', message: 'Incorrect API key provided' } } },
    },
  ),
  plain(
    'anthropic',
    'anthropic-api-key',
    made('sk', '-ant-api03-', some(93), 'AA'),
    '/v1/models',
    { data: [], has_more: false },
    {
      headers: { 'x-api-key': made('sk', '-ant-api03-', some(93), 'AA'), 'anthropic-version': '2023-06-01' },
      limited: { status: 403, body: { type: 'error', error: { type: 'permission_error' } } },
      dead: { status: 401, body: { type: 'error', error: { type: 'authentication_error', message: 'invalid x-api-key' } } },
    },
  ),
  plain(
    'anthropic',
    'anthropic-admin-key',
    made('sk', '-ant-admin01-', some(93), 'AA'),
    '/v1/organizations/api_keys?limit=1',
    { data: [] },
    {
      headers: { 'x-api-key': made('sk', '-ant-admin01-', some(93), 'AA'), 'anthropic-version': '2023-06-01' },
      dead: { status: 401, body: { type: 'error', error: { type: 'authentication_error', message: 'invalid x-api-key' } } },
    },
  ),
  plain(
    'groq',
    'groq-api-key',
    made('gsk', '_', some(52)),
    '/v1/models',
    { object: 'list', data: [] },
    {
      dead: { status: 401, body: { error: { message: 'Invalid API Key', code: 'invalid_api_key' } } },
    },
  ),
  plain('replicate', 'replicate-api-token', made('r8', '_', some(37)), '/v1/account', { type: 'user', username: 'x' }),
  plain(
    'notion',
    'notion-api-token',
    made('ntn', '_80427193650', some(35)),
    '/v1/users/me',
    { object: 'user', id: '1' },
    {
      headers: { ...bearer(made('ntn', '_80427193650', some(35))), 'notion-version': '2022-06-28' },
      limited: { status: 403, body: { object: 'error', code: 'restricted_resource' } },
      dead: { status: 401, body: { object: 'error', code: 'unauthorized', message: 'API token is invalid.' } },
    },
  ),
  plain(
    'postman',
    'postman-api-key',
    made('PMAK', '-', hex(24), '-', hex(34)),
    '/me',
    { user: { id: 1 } },
    {
      headers: { 'x-api-key': made('PMAK', '-', hex(24), '-', hex(34)) },
      dead: {
        status: 401,
        body: { error: { name: 'AuthenticationError', message: 'Invalid API Key. Every request requires a valid API Key to be sent.' } },
      },
    },
  ),
];

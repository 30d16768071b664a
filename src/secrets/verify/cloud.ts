import { at, basic, bearer, ok, said, status, withBearer, withHeader } from './answers.ts';
import { signed } from './aws-signature.ts';
import type { Answer, Verifier } from './types.ts';

const STS = { action: 'Action=GetCallerIdentity&Version=2011-06-15', region: 'us-east-1', service: 'sts' } as const;

const CLOUDFLARE = 'https://api.cloudflare.com/client/v4';
const CLOUDFLARE_VERIFY = '/user/tokens/verify';
const CLOUDFLARE_DOCS = 'https://developers.cloudflare.com/api/resources/user/subresources/tokens/methods/verify/';
const cloudflareState = ({ status: code, json }: Answer) => (code === 200 ? at(json, 'result', 'status') : undefined);
const isActive = (answer: Answer) => cloudflareState(answer) === 'active';
const isOver = (answer: Answer) => ['disabled', 'expired'].includes(String(cloudflareState(answer)));

export const cloudVerifiers: readonly Verifier[] = [
  {
    service: 'aws',
    rules: ['aws-secret-access-key'],
    bases: ['https://sts.amazonaws.com'],
    beside: ['aws-access-key-id', 'aws-session-token'],
    ask: (secretKey, beside, { base, now }) => {
      const keyId = beside['aws-access-key-id'];
      const temporary = keyId?.startsWith('ASIA') === true;
      const sessionToken = temporary ? beside['aws-session-token'] : undefined;
      if (keyId === undefined || (temporary && sessionToken === undefined)) return undefined;
      const headers = {
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
      };
      const request = { method: 'POST', url: `${base}/`, headers, body: STS.action } as const;
      return {
        path: '/',
        method: 'POST',
        body: STS.action,
        headers: signed(request, { keyId, secretKey, now, region: STS.region, service: STS.service }),
      };
    },
    live: said(200, /<Arn>arn:aws[\w-]*:/),
    // Not SignatureDoesNotMatch: the key id beside may belong to another secret.
    dead: said(403, /<Code>(?:InvalidClientTokenId|ExpiredToken)<\/Code>/),
    reference: 'https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html',
  },
  {
    service: 'digitalocean',
    rules: ['digitalocean-personal-token', 'digitalocean-oauth-token'],
    bases: ['https://api.digitalocean.com'],
    ask: withBearer('/v2/account'),
    live: ok('account'),
    limited: ({ status: code, json }) =>
      code === 403 && typeof at(json, 'id') === 'string' && /permi|author|scope/i.test(String(at(json, 'message'))),
    dead: status(401),
    reference: 'https://docs.digitalocean.com/reference/api/digitalocean/#tag/Account/operation/account_get',
  },
  {
    service: 'heroku',
    rules: ['heroku-api-key', 'heroku-legacy-api-key'],
    bases: ['https://api.heroku.com'],
    ask: withBearer('/account', { accept: 'application/vnd.heroku+json; version=3' }),
    live: ok('email'),
    limited: ({ status: code, json }) => code === 403 && at(json, 'id') === 'forbidden',
    dead: ({ status: code, json }) => code === 401 && at(json, 'id') === 'unauthorized',
    reference: 'https://devcenter.heroku.com/articles/platform-api-reference#account-info',
  },
  {
    service: 'cloudflare',
    rules: ['cloudflare-api-token'],
    bases: [CLOUDFLARE],
    // Tokens of accounts are verified below their account, which nothing here tells.
    ask: (token) => (token.startsWith('cfut_') ? { path: CLOUDFLARE_VERIFY, headers: bearer(token) } : undefined),
    live: isActive,
    dead: (answer) => isOver(answer) || (answer.status === 401 && at(answer.json, 'success') === false),
    reference: CLOUDFLARE_DOCS,
  },
  {
    service: 'cloudflare',
    rules: ['cloudflare-legacy-api-token'],
    bases: [CLOUDFLARE],
    // Without a prefix: keys of another kind have 37 hex digits, and a token of an account gets a 401 here though it is good.
    ask: (token) => (token.length === 40 ? { path: CLOUDFLARE_VERIFY, headers: bearer(token) } : undefined),
    live: isActive,
    dead: isOver,
    reference: CLOUDFLARE_DOCS,
  },
  {
    service: 'linode',
    rules: ['linode-token'],
    bases: ['https://api.linode.com/v4'],
    ask: withBearer('/profile'),
    live: ok('username'),
    limited: ({ status: code, text }) => [401, 403].includes(code) && /not authorized to use this endpoint/i.test(text),
    dead: said(401, /invalid token/i),
    reference: 'https://techdocs.akamai.com/linode-api/reference/get-profile',
  },
  {
    service: 'terraform-cloud',
    rules: ['terraform-cloud-token'],
    bases: ['https://app.terraform.io/api/v2'],
    ask: withBearer('/account/details'),
    live: ok('data', 'id'),
    dead: status(401),
    reference: 'https://developer.hashicorp.com/terraform/cloud-docs/api-docs/account',
  },
  {
    service: 'datadog',
    rules: ['datadog-api-key'],
    bases: ['', 'us3.', 'us5.', 'ap1.', 'ap2.'].map((site) => `https://api.${site}datadoghq.com`).concat('https://api.datadoghq.eu'),
    ask: withHeader('/api/v1/validate', 'dd-api-key', { accept: 'application/json' }),
    live: ({ status: code, json }) => code === 200 && at(json, 'valid') === true,
    dead: status(403),
    reference: 'https://docs.datadoghq.com/api/latest/authentication/#validate-api-key',
  },
  {
    service: 'stripe',
    rules: ['stripe-live-secret-key', 'stripe-live-restricted-key', 'stripe-test-secret-key'],
    bases: ['https://api.stripe.com'],
    ask: withBearer('/v1/balance'),
    live: ({ status: code, json }) => code === 200 && at(json, 'object') === 'balance',
    limited: said(403, /does not have the required permissions|more_permissions_required/),
    dead: ({ status: code, json }) => code === 401 && at(json, 'error') !== undefined,
    reference: 'https://docs.stripe.com/api/balance/balance_retrieve',
  },
  {
    service: 'sendgrid',
    rules: ['sendgrid-api-key'],
    bases: ['https://api.sendgrid.com', 'https://api.eu.sendgrid.com'],
    ask: withBearer('/v3/scopes'),
    live: ok('scopes'),
    limited: said(403, /access forbidden/),
    dead: status(401),
    reference:
      'https://www.twilio.com/docs/sendgrid/api-reference/api-key-permissions/retrieve-a-list-of-scopes-for-which-this-user-has-access',
  },
  {
    service: 'mailgun',
    rules: ['mailgun-api-key', 'mailgun-private-key'],
    bases: ['https://api.mailgun.net', 'https://api.eu.mailgun.net'],
    ask: (key) => ({ path: '/v3/domains?limit=1', headers: basic('api', key) }),
    live: ok('items'),
    // A key that may only send mail gets the same 401 as none: no answer here says that a key is over.
    dead: () => false,
    reference: 'https://documentation.mailgun.com/docs/mailgun/api-reference/openapi-final/tag/Domains/',
  },
];

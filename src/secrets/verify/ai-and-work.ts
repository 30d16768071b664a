import { at, ok, said, status, withBearer, withHeader } from './answers.ts';
import type { Verifier } from './types.ts';

const OPENAI_OVER: ReadonlySet<unknown> = new Set(['invalid_api_key', 'account_deactivated', 'expired_api_key']);
const CLAUDE = { 'anthropic-version': '2023-06-01' };

export const aiAndWorkVerifiers: readonly Verifier[] = [
  {
    service: 'openai',
    rules: ['openai-api-key'],
    bases: ['https://api.openai.com'],
    ask: withBearer('/v1/models'),
    live: ok('data'),
    limited: ({ status: code, text }) => [401, 403].includes(code) && /missing scopes|insufficient permissions/i.test(text),
    // Not every 401: an address that is not allowed, or an organisation that is missing, says nothing of the key.
    dead: ({ status: code, json }) => code === 401 && OPENAI_OVER.has(at(json, 'error', 'code')),
    reference: 'https://platform.openai.com/docs/api-reference/models/list',
  },
  {
    service: 'anthropic',
    rules: ['anthropic-api-key'],
    bases: ['https://api.anthropic.com'],
    ask: withHeader('/v1/models', 'x-api-key', CLAUDE),
    live: ok('data'),
    limited: said(403, /permission_error/),
    dead: said(401, /authentication_error/),
    reference: 'https://docs.anthropic.com/en/api/models-list',
  },
  {
    service: 'anthropic',
    rules: ['anthropic-admin-key'],
    bases: ['https://api.anthropic.com'],
    ask: withHeader('/v1/organizations/api_keys?limit=1', 'x-api-key', CLAUDE),
    live: ok('data'),
    limited: said(403, /permission_error/),
    dead: said(401, /authentication_error/),
    reference: 'https://docs.anthropic.com/en/api/admin-api/apikeys/list-api-keys',
  },
  {
    service: 'groq',
    rules: ['groq-api-key'],
    bases: ['https://api.groq.com/openai'],
    ask: withBearer('/v1/models'),
    live: ok('data'),
    dead: ({ status: code, json }) => code === 401 && at(json, 'error') !== undefined,
    reference: 'https://console.groq.com/docs/api-reference#models-list',
  },
  {
    service: 'replicate',
    rules: ['replicate-api-token'],
    bases: ['https://api.replicate.com'],
    ask: withBearer('/v1/account'),
    live: ok('username'),
    dead: status(401),
    reference: 'https://replicate.com/docs/reference/http#account.get',
  },
  {
    service: 'notion',
    rules: ['notion-api-token', 'notion-legacy-token'],
    bases: ['https://api.notion.com'],
    ask: withBearer('/v1/users/me', { 'notion-version': '2022-06-28' }),
    live: ({ status: code, json }) => code === 200 && at(json, 'object') === 'user',
    limited: said(403, /restricted_resource/),
    dead: ({ status: code, json }) => code === 401 && at(json, 'code') === 'unauthorized',
    reference: 'https://developers.notion.com/reference/get-self',
  },
  {
    service: 'postman',
    rules: ['postman-api-key'],
    bases: ['https://api.getpostman.com'],
    ask: withHeader('/me', 'x-api-key'),
    live: ok('user'),
    dead: status(401),
    reference: 'https://learning.postman.com/docs/developer/postman-api/authentication/',
  },
];

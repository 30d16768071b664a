import { at, bearer, ok, said, status } from './answers.ts';
import type { Answer, Verifier } from './types.ts';

/** What auth.test says of a token that is over. Source: Slack, auth.test, "Errors". */
const SLACK_OVER: ReadonlySet<unknown> = new Set([
  'invalid_auth',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'user_removed_from_team',
]);
/** What an incoming webhook says that is no more. Source: Slack, "Sending messages using incoming webhooks", "Handling errors". */
const SLACK_NO_HOOK = /^(?:no_service|no_service_id|no_team|team_disabled|invalid_token|channel_is_archived)/;

export const chatVerifiers: readonly Verifier[] = [
  {
    service: 'slack',
    rules: ['slack-bot-token', 'slack-user-token', 'slack-legacy-token'],
    bases: ['https://slack.com/api'],
    ask: (token) => ({ path: '/auth.test', method: 'POST', headers: bearer(token) }),
    live: ({ status: code, json }) => code === 200 && at(json, 'ok') === true && typeof at(json, 'team_id') === 'string',
    dead: ({ status: code, json }) => code === 200 && at(json, 'ok') === false && SLACK_OVER.has(at(json, 'error')),
    reference: 'https://docs.slack.dev/reference/methods/auth.test',
  },
  {
    service: 'slack-webhook',
    rules: ['slack-webhook-url'],
    bases: ['https://hooks.slack.com'],
    // No JSON, so that nothing can be posted: a hook that is there says that it could not read it.
    ask: (url) => {
      const [, path] = /^https?:\/\/hooks\.slack\.com(\/services\/.+)$/.exec(url) ?? [];
      if (path === undefined) return undefined;
      return {
        path,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: 'plimsoll asks whether this address is in use',
      };
    },
    live: said(400, /^(?:invalid_payload|no_text)/),
    dead: (answer: Answer) => [400, 403, 404, 410].includes(answer.status) && SLACK_NO_HOOK.test(answer.text),
    reference: 'https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/#handling_errors',
  },
  {
    service: 'discord',
    rules: ['discord-bot-token'],
    bases: ['https://discord.com/api/v10'],
    ask: (token) => ({ path: '/users/@me', headers: { authorization: `Bot ${token}` } }),
    live: ok('id'),
    dead: status(401),
    reference: 'https://discord.com/developers/docs/resources/user#get-current-user',
  },
  {
    service: 'discord',
    rules: ['discord-webhook-url'],
    bases: ['https://discord.com/api/v10'],
    ask: (url) => {
      const [, path] = /(\/webhooks\/\d+\/[\w-]+)$/.exec(url) ?? [];
      return path === undefined ? undefined : { path };
    },
    live: ok('channel_id'),
    // 10015: unknown webhook; 50027: invalid webhook token.
    dead: ({ status: code, json }) => (code === 404 && at(json, 'code') === 10015) || (code === 401 && at(json, 'code') === 50027),
    reference: 'https://discord.com/developers/docs/resources/webhook#get-webhook-with-token',
  },
  {
    service: 'telegram',
    rules: ['telegram-bot-token'],
    bases: ['https://api.telegram.org'],
    ask: (token) => ({ path: `/bot${token}/getMe` }),
    live: ({ status: code, json }) => code === 200 && at(json, 'ok') === true && at(json, 'result', 'id') !== undefined,
    dead: ({ status: code, json }) => [401, 404].includes(code) && at(json, 'ok') === false,
    reference: 'https://core.telegram.org/bots/api#getme',
  },
];

import { bearer, ok, said, status, withBearer, withHeader } from './answers.ts';
import type { Verifier } from './types.ts';

export const codeHostVerifiers: readonly Verifier[] = [
  {
    service: 'github',
    rules: [
      'github-personal-access-token',
      'github-fine-grained-token',
      'github-oauth-token',
      'github-app-user-token',
      'github-app-installation-token',
      'github-app-installation-jwt',
      'github-legacy-token',
    ],
    bases: ['https://api.github.com'],
    ask: withBearer('/user', { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' }),
    live: ok('login'),
    // Tokens of app installations are of no user.
    limited: said(403, /not accessible by (?:integration|personal access token)|SAML enforcement/),
    dead: status(401),
    reference: 'https://docs.github.com/en/rest/users/users#get-the-authenticated-user',
  },
  {
    service: 'gitlab',
    rules: ['gitlab-personal-access-token', 'gitlab-routable-access-token'],
    bases: ['https://gitlab.com/api/v4'],
    ask: withHeader('/personal_access_tokens/self', 'private-token'),
    live: ok('scopes'),
    limited: said(403, /insufficient_(?:granular_)?scope/),
    dead: status(401),
    reference: 'https://docs.gitlab.com/api/personal_access_tokens/#get-details-on-a-personal-access-token',
  },
  {
    service: 'gitlab',
    rules: ['gitlab-runner-token', 'gitlab-routable-runner-token'],
    bases: ['https://gitlab.com/api/v4'],
    ask: (token) => ({
      path: '/runners/verify',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    }),
    live: ok('id'),
    dead: status(403),
    reference: 'https://docs.gitlab.com/api/runners/#verify-authentication-for-a-registered-runner',
  },
  {
    service: 'npm',
    rules: ['npm-access-token'],
    bases: ['https://registry.npmjs.org'],
    ask: withBearer('/-/whoami'),
    live: ok('username'),
    dead: status(401),
    reference: 'https://docs.npmjs.com/cli/v11/commands/npm-whoami',
  },
  {
    service: 'pypi',
    rules: ['pypi-upload-token'],
    bases: ['https://upload.pypi.org'],
    // An upload of nothing: PyPI looks at the token first, and at what is missing in the form then.
    ask: (token) => {
      const boundary = 'plimsoll';
      const field = `--${boundary}\r\ncontent-disposition: form-data; name=":action"\r\n\r\nfile_upload\r\n--${boundary}--\r\n`;
      const authorization = `Basic ${Buffer.from(`__token__:${token}`).toString('base64')}`;
      return {
        path: '/legacy/',
        method: 'POST',
        headers: { authorization, 'content-type': `multipart/form-data; boundary=${boundary}` },
        body: field,
      };
    },
    live: said(400, /metadata|message digest|required|missing|verified/i),
    dead: said(403, /invalid or non-existent authentication/i),
    reference: 'https://docs.pypi.org/api/upload/',
  },
  {
    service: 'rubygems',
    rules: ['rubygems-api-key'],
    bases: ['https://rubygems.org'],
    ask: (key) => ({ path: '/api/v1/gems.json', headers: { authorization: key } }),
    live: ({ status: code, json }) => code === 200 && Array.isArray(json),
    limited: said(403, /api key/i),
    dead: status(401),
    reference: 'https://guides.rubygems.org/rubygems-org-api/',
  },
  {
    service: 'huggingface',
    rules: ['huggingface-access-token', 'huggingface-organization-token'],
    bases: ['https://huggingface.co'],
    ask: withBearer('/api/whoami-v2'),
    live: ok('name'),
    dead: status(401),
    reference: 'https://huggingface.co/docs/hub/api',
  },
  {
    service: 'dockerhub',
    rules: ['docker-config-auth'],
    bases: ['https://auth.docker.io'],
    // Only what Docker Hub's own tokens look like; anything else may be of any registry, and is not shown to this one.
    ask: (secret) => {
      const [, user, token] = /^([^:]{1,256}):(dckr_[po]at_[\w-]{20,64})$/.exec(Buffer.from(secret, 'base64').toString('latin1')) ?? [];
      if (user === undefined || token === undefined) return undefined;
      return { path: '/token?service=registry.docker.io', headers: { authorization: `Basic ${secret}` } };
    },
    live: ok('token'),
    dead: status(401),
    reference: 'https://distribution.github.io/distribution/spec/auth/token/',
  },
  {
    service: 'circleci',
    rules: ['circleci-personal-token'],
    bases: ['https://circleci.com/api/v2'],
    ask: withHeader('/me', 'circle-token'),
    live: ok('id'),
    dead: status(401),
    reference: 'https://circleci.com/docs/api/v2/#operation/getCurrentUser',
  },
  {
    service: 'buildkite',
    rules: ['buildkite-api-token'],
    bases: ['https://api.buildkite.com'],
    ask: (token) => ({ path: '/v2/access-token', headers: bearer(token) }),
    live: ok('uuid'),
    dead: status(401),
    reference: 'https://buildkite.com/docs/apis/rest-api/access-token',
  },
];

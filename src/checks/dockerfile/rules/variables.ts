import { closest } from '../../../util/closest.ts';
import { isSecretValue } from '../../mask.ts';
import type { Span } from '../../types.ts';
import type { Dockerfile, Instruction, Pair } from '../document.ts';
import { expand } from '../variables.ts';
import { type DockerfileRule, each, inStage, isDynamic, type Placed, rule, unquoted, walk } from './kit.ts';

/** What BuildKit's frontend sets or accepts without ARG. */
const PREDEFINED = new Set(
  'HTTP_PROXY http_proxy HTTPS_PROXY https_proxy FTP_PROXY ftp_proxy NO_PROXY no_proxy ALL_PROXY all_proxy PATH SOURCE_DATE_EPOCH'.split(
    ' ',
  ),
);

/** Variables that instructions outside a shell use but nothing in the file sets. Of a base image from elsewhere only PATH is known. */
const undefinedVariable = rule('undefined-variable', 'medium', ['UndefinedVar'], (document, report) => {
  const scopes = new Map<number, Set<string>>();
  const declared = new Set([...each(document, 'ARG', 'ENV')].flatMap(({ instruction }) => instruction.pairs.map((pair) => pair.key.text)));
  let scope = new Set<string>();
  let unknownBase = false;
  for (const { instruction, stage } of walk(document)) {
    if (instruction.keyword === 'FROM' && stage) {
      scope = new Set(stage.base ? scopes.get(stage.base.index) : []);
      scopes.set(stage.index, scope);
      unknownBase = outsideBase(stage);
      continue;
    }
    if (!stage) continue;
    for (const { text, at } of substituted(instruction)) {
      const missing = new Set(
        expand(text, () => undefined, document.escape)
          .uses.filter((use) => !use.guarded)
          .map((use) => use.name),
      );
      for (const name of missing) {
        if (!/^[A-Za-z_]/.test(name) || scope.has(name) || PREDEFINED.has(name)) continue;
        // An image from elsewhere may set it, unless a name of this file is meant: declared too late, elsewhere, or misspelt.
        const meant = declared.has(name) || near(name, [...scope, ...declared, 'PATH']);
        if (!unknownBase || meant) report(at, { params: { name }, ...inStage(stage) });
      }
    }
    for (const pair of instruction.keyword === 'ARG' || instruction.keyword === 'ENV' ? instruction.pairs : []) scope.add(pair.key.text);
  }
});

function outsideBase(stage: { readonly base: unknown; readonly resolved: { readonly text: string } | undefined } | undefined): boolean {
  let at = stage as { base?: unknown; resolved?: { text: string } } | undefined;
  while (at?.base) at = at.base as typeof at;
  return at?.resolved?.text !== 'scratch';
}

/** Texts in which BuildKit substitutes variables. */
function* substituted(instruction: Instruction): Generator<{ text: string; at: Span }> {
  switch (instruction.keyword) {
    case 'ADD':
    case 'COPY':
    case 'EXPOSE':
    case 'STOPSIGNAL':
    case 'USER':
    case 'VOLUME':
    case 'WORKDIR':
      for (const word of instruction.words) yield { text: word.text, at: word };
      for (const flag of instruction.flags)
        if (flag.value !== undefined && ['chown', 'chmod', 'checksum'].includes(flag.name)) yield { text: flag.value, at: flag };
      return;
    case 'ENV':
    case 'LABEL':
    case 'ARG':
      for (const pair of instruction.pairs) if (pair.value) yield { text: pair.value.text, at: pair };
      return;
    default:
  }
}

/** The name that is a slip or two away. */
function near(name: string, names: readonly string[]): boolean {
  const others = names.filter((other) => other !== name);
  return (
    others.some((other) => swapped(name, other)) || closest(name, others.slice(0, 500), (length) => (length > 4 ? 2 : 1)) !== undefined
  );
}

/** Two neighbours have changed places. */
function swapped(a: string, b: string): boolean {
  if (a.length !== b.length || a.length > 64) return false;
  const at = [...a].findIndex((char, index) => char !== b[index]);
  return at >= 0 && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

const SECRET = /(?:^|_)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)/i;
const SECRET_WITHIN = /api_key|client_key|password|passwd|private|secret|token/i;
const HARMLESS =
  /(?:^|_)(?:public|file|version|path|dir|name|url|uri|id|type|length|size|ttl|expir\w*|timeout|enabled?|mode|algorithm)(?:_|$)/i;
const ALLOWED = /(?:^|_)(?:public|file|version)(?:_|$)/i;
const KNOWN = new Set(
  'AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY CF_PASSWORD CI_DEPLOY_PASSWORD DOCKERHUB_PASSWORD DOCKER_PASSWORD FACEBOOK_APP_SECRET HEROKU_API_KEY PGPASSWORD MYSQL_PWD REDISCLI_AUTH'.split(
    ' ',
  ),
);
/** Logins and the like that hadolint takes for sensitive too; they tell who, not how to get in. */
const LOGIN =
  /username|^(?:CF_USERNAME|CI_DEPLOY_USER|DOCKER_EMAIL|DOCKER_USERNAME|HEROKU_API_USER|FACEBOOK_APP_ID|OKTA_(?:AUTHN_GROUPID|CLIENT_ORGURL|OAUTH2_CLIENTID)|OS_USERNAME|STRIPE_DEVICE_NAME|TRAVIS_OS_NAME|TRAVIS_SUDO|TRAVIS_SECURE_ENV_VARS|APPLICATION_KEY)$/i;

/** The name says that the value is a secret. */
function isSecretName(name: string): boolean {
  if (KNOWN.has(name.toUpperCase())) return true;
  if (ALLOWED.test(name)) return false;
  return SECRET.test(name) || (SECRET_WITHIN.test(name) && !HARMLESS.test(name));
}

/** `ENV GPG_KEY E3FF...`: which public key signs what is downloaded, by its fingerprint (RFC 9580 5.5.4) or its last 8 or 16 digits. */
function isFingerprint(name: string, value: string): boolean {
  return /gpg|pgp/i.test(name) && /^(?:(?:0x)?(?:[0-9A-F]{64}|[0-9A-F]{40}|[0-9A-F]{16}|[0-9A-F]{8})(?:\s+|$))+$/i.test(value);
}

function* variables(document: Dockerfile): Generator<Placed & { pair: Pair }> {
  for (const placed of each(document, 'ENV', 'ARG')) for (const pair of placed.instruction.pairs) yield { ...placed, pair };
}

/** ENV is in the image for everyone to read; a build argument is in its history. */
const secretVariable = rule(
  'secret-in-variable',
  'medium',
  ['DL3064', 'SecretsUsedInArgOrEnv', 'DS-0031', 'CIS-DI-0010'],
  (document, report) => {
    for (const { instruction, stage, pair } of variables(document)) {
      const name = pair.key.text;
      const value = pair.value && unquoted(pair.value.text);
      if (!isSecretName(name) || (value !== undefined && isFingerprint(name, value))) continue;
      const literal = value !== undefined && !isDynamic(value) && isSecretValue(value);
      report(pair, {
        params: { name, instruction: instruction.keyword },
        ...inStage(stage),
        ...(literal ? { severity: 'high', masked: pair.value ? [pair.value] : [] } : {}),
      });
    }
  },
  { benchmarks: ['CIS Docker 4.10', 'NIST 800-190 4.1.4'], references: ['https://docs.docker.com/build/building/secrets/'] },
);

const loginVariable = rule('login-in-variable', 'negligible', ['DL3064'], (document, report) => {
  for (const { instruction, stage, pair } of variables(document)) {
    if (!isSecretName(pair.key.text) && LOGIN.test(pair.key.text)) {
      report(pair, { params: { name: pair.key.text, instruction: instruction.keyword }, ...inStage(stage) });
    }
  }
});

/** A build argument whose value is known only to who builds, yet used as an ENV: it stays in the image. */
const argumentToEnvironment = rule(
  'secret-argument-kept',
  'high',
  [],
  (document, report) => {
    const secrets = new Set(
      [...each(document, 'ARG')].flatMap(({ instruction }) => instruction.pairs.map((pair) => pair.key.text)).filter(isSecretName),
    );
    for (const { instruction, stage } of each(document, 'ENV')) {
      for (const pair of instruction.pairs) {
        const used = pair.value && expand(pair.value.text, () => undefined, document.escape).uses.find((use) => secrets.has(use.name));
        if (used) report(pair, { params: { argument: used.name, name: pair.key.text }, ...inStage(stage) });
      }
    }
  },
  { benchmarks: ['CIS Docker 4.10'], references: ['https://docs.docker.com/build/building/secrets/'] },
);

/** A secret known by its form, wherever it stands: a command, a here-document, a label. */
const secretValue = rule(
  'secret-value',
  'high',
  ['CIS-DI-0010', 'DS-0031'],
  (document, report) => {
    const named = new Set<number>();
    for (const { pair } of variables(document)) if (isSecretName(pair.key.text)) named.add(lineAt(document, pair.start));
    for (const { line, service } of document.context.secretsIn?.(document.text) ?? []) {
      const start = line === undefined ? -1 : lineStart(document.text, line);
      if (start < 0 || named.has(line ?? 0)) continue;
      const feed = document.text.indexOf('\n', start);
      report({ start, end: feed < 0 ? document.text.length : feed }, { params: { service } });
    }
  },
  { benchmarks: ['CIS Docker 4.10', 'NIST 800-190 4.1.4'], references: ['https://docs.docker.com/build/building/secrets/'] },
);

function lineAt({ text }: Dockerfile, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function lineStart(text: string, line: number): number {
  let start = 0;
  for (let at = 1; at < line; at++) {
    start = text.indexOf('\n', start) + 1;
    if (start === 0) return -1;
  }
  return start;
}

export const variableRules: readonly DockerfileRule[] = [
  undefinedVariable,
  secretVariable,
  secretValue,
  loginVariable,
  argumentToEnvironment,
];

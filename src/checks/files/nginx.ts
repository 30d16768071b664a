import type { CheckRule } from '../types.ts';
import { fileChecker } from './checker.ts';
import { braceBlocks, type Directive, isOn } from './directives.ts';
import { settingRule } from './setting-rule.ts';

const DOCS = 'https://nginx.org/en/docs';
const CORE = `${DOCS}/http/ngx_http_core_module.html`;
const SSL = `${DOCS}/http/ngx_http_ssl_module.html`;
/** Names of weak parts in a list of ciphers that are not taken out by `!` or `-`. Source: OpenSSL, ciphers(1). */
export const WEAK_CIPHERS = /(?:^|[:,\s])(?:\+?(?:a?NULL|eNULL|EXP(?:ORT)?\w*|RC4|RC2|DES|3DES|MD5|LOW|SEED|IDEA|ADH|AECDH)\b)/;

/** `location /files { alias /data/; }` serves `/files../secret` out of `/secret`. Source: nginx.org, alias. */
const aliasTraversal: CheckRule<readonly Directive[]> = {
  id: 'file/nginx-alias-traversal',
  aliases: [],
  severity: 'high',
  references: [`${CORE}#alias`],
  check(directives, report) {
    for (const each of directives) {
      const [block = '', ...location] = each.sections.at(-1)?.split(' ') ?? [];
      if (each.name !== 'alias' || block !== 'location' || !each.value.endsWith('/')) continue;
      const [path = ''] = location;
      // Regular expressions and exact matches leave no room for more.
      if (location.length === 1 && path.startsWith('/') && !path.endsWith('/')) {
        report(each.span, { params: { location: path, path: each.value } });
      }
    }
  },
};

/** The page of figures, open to everybody. */
const openStatus: CheckRule<readonly Directive[]> = {
  id: 'file/nginx-open-status',
  aliases: [],
  severity: 'low',
  references: [`${DOCS}/http/ngx_http_stub_status_module.html`],
  check(directives, report) {
    for (const each of directives) {
      if (each.name !== 'stub_status') continue;
      const place = each.sections.join('\n');
      const guarded = directives.some(
        ({ name, sections }) => ['deny', 'auth_basic', 'auth_request', 'internal'].includes(name) && place.startsWith(sections.join('\n')),
      );
      if (!guarded) report(each.span);
    }
  },
};

export const nginx = fileChecker<readonly Directive[]>({
  id: 'nginx',
  path: /(?:^|\/)(?:nginx\.conf|nginx\/(?:.+\/)?[^/]+\.conf|nginx\/sites-(?:enabled|available)\/[^/]+)$/,
  parse: braceBlocks,
  rules: [
    settingRule({
      id: 'file/nginx-root-user',
      severity: 'high',
      references: [`${DOCS}/ngx_core_module.html#user`],
      names: ['user'],
      bad: (_, { args, sections }) => sections.length === 0 && args[0] === 'root',
    }),
    settingRule({
      id: 'file/nginx-directory-listing',
      severity: 'medium',
      references: [`${DOCS}/http/ngx_http_autoindex_module.html`],
      names: ['autoindex'],
      bad: isOn,
    }),
    settingRule({
      id: 'file/nginx-version-shown',
      severity: 'low',
      references: [`${CORE}#server_tokens`],
      names: ['server_tokens'],
      bad: isOn,
    }),
    settingRule({
      id: 'file/nginx-old-tls',
      severity: 'medium',
      references: [`${SSL}#ssl_protocols`, 'https://www.rfc-editor.org/rfc/rfc8996'],
      names: ['ssl_protocols'],
      bad: (_, { args }) => args.some((each) => /^(?:SSLv[23]|TLSv1(?:\.1)?)$/i.test(each)),
    }),
    settingRule({
      id: 'file/nginx-weak-ciphers',
      severity: 'medium',
      references: [`${SSL}#ssl_ciphers`],
      names: ['ssl_ciphers'],
      bad: (value) => WEAK_CIPHERS.test(value),
    }),
    settingRule({
      id: 'file/nginx-root-of-everything',
      severity: 'high',
      references: [`${CORE}#root`],
      names: ['root'],
      bad: (value) => /^\/(?:etc|root|proc|sys)?\/?$/.test(value),
    }),
    aliasTraversal,
    openStatus,
  ],
});

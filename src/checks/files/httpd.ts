import type { CheckRule } from '../types.ts';
import { fileChecker } from './checker.ts';
import { type Directive, isOn, tagBlocks } from './directives.ts';
import { WEAK_CIPHERS } from './nginx.ts';
import { settingRule } from './setting-rule.ts';

const DOCS = 'https://httpd.apache.org/docs/2.4/mod';
const OLD = ['SSLv3', 'TLSv1', 'TLSv1.1'];

/** What `SSLProtocol` leaves on of the old protocols. `all` means TLS 1.2 and 1.3 with today's OpenSSL and more with older ones. */
function oldProtocols(args: readonly string[]): readonly string[] {
  const on = new Set<string>();
  for (const each of args) {
    const name = each.replace(/^[+-]/, '');
    const names = /^all$/i.test(name) ? OLD : OLD.filter((old) => old.toLowerCase() === name.toLowerCase());
    for (const old of names) each.startsWith('-') ? on.delete(old) : on.add(old);
  }
  return [...on];
}

/** Everything of the file system may be served. */
const wholeTree: CheckRule<readonly Directive[]> = {
  id: 'file/httpd-whole-tree-granted',
  aliases: [],
  severity: 'high',
  references: [`${DOCS}/mod_authz_core.html#require`],
  check(directives, report) {
    for (const each of directives) {
      const granted = each.name === 'require' && each.args.join(' ').toLowerCase() === 'all granted';
      const allowed = each.name === 'allow' && each.args.join(' ').toLowerCase() === 'from all';
      if ((granted || allowed) && /^directory\s+\/$/.test(each.sections.at(-1) ?? '')) report(each.span);
    }
  },
};

const openStatus: CheckRule<readonly Directive[]> = {
  id: 'file/httpd-open-status',
  aliases: [],
  severity: 'medium',
  references: [`${DOCS}/mod_status.html`],
  check(directives, report) {
    for (const each of directives) {
      if (each.name !== 'sethandler' || !/^server-(?:status|info)$/i.test(each.value)) continue;
      const inside = directives.filter(({ sections }) => sections.join('\n') === each.sections.join('\n'));
      const guarded = inside.some(({ name, value }) => (name === 'require' && !/^all granted$/i.test(value)) || name === 'deny');
      if (!guarded) report(each.span, { params: { handler: each.value } });
    }
  },
};

export const httpd = fileChecker<readonly Directive[]>({
  id: 'httpd',
  path: /(?:^|\/)(?:httpd\.conf|apache2\.conf|(?:apache2|httpd)\/(?:.+\/)?[^/]+\.conf|\.htaccess)$/,
  parse: tagBlocks,
  rules: [
    settingRule({
      id: 'file/httpd-directory-listing',
      severity: 'medium',
      references: [`${DOCS}/core.html#options`],
      names: ['options'],
      bad: (_, { args }) => args.some((each) => /^\+?(?:Indexes|All)$/i.test(each)),
    }),
    settingRule({
      id: 'file/httpd-version-shown',
      severity: 'low',
      references: [`${DOCS}/core.html#servertokens`],
      names: ['servertokens'],
      bad: (value) => /^(?:Full|OS)$/i.test(value),
    }),
    settingRule({
      id: 'file/httpd-trace',
      severity: 'medium',
      references: [`${DOCS}/core.html#traceenable`],
      names: ['traceenable'],
      bad: isOn,
    }),
    settingRule({
      id: 'file/httpd-old-tls',
      severity: 'medium',
      references: [`${DOCS}/mod_ssl.html#sslprotocol`, 'https://www.rfc-editor.org/rfc/rfc8996'],
      names: ['sslprotocol', 'sslproxyprotocol'],
      bad: (_, { args }) => oldProtocols(args).length > 0,
    }),
    settingRule({
      id: 'file/httpd-weak-ciphers',
      severity: 'medium',
      references: [`${DOCS}/mod_ssl.html#sslciphersuite`],
      names: ['sslciphersuite', 'sslproxyciphersuite'],
      bad: (value) => WEAK_CIPHERS.test(value),
    }),
    settingRule({
      id: 'file/httpd-root-user',
      severity: 'high',
      references: [`${DOCS}/mod_unixd.html#user`],
      names: ['user'],
      bad: (value) => value === 'root' || value === '#0',
    }),
    settingRule({
      id: 'file/httpd-open-proxy',
      severity: 'high',
      references: [`${DOCS}/mod_proxy.html#proxyrequests`],
      names: ['proxyrequests'],
      bad: isOn,
    }),
    wholeTree,
    openStatus,
  ],
});

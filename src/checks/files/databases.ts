import type { CheckRule } from '../types.ts';
import { fileChecker } from './checker.ts';
import { type Directive, iniLines, isOff, isOn, keywordLines, last } from './directives.ts';
import { settingRule } from './setting-rule.ts';

const REDIS = 'https://redis.io/docs/latest/operate/oss_and_stack/management/security/';
const HBA = 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html';
const POSTGRES = 'https://www.postgresql.org/docs/current/runtime-config-connection.html';
const MYSQL = 'https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html';
const EVERYWHERE = /^(?:\*|0\.0\.0\.0(?:\/0)?|::|\[::\]|::\/0|-::\*)$/;

/** Nobody is asked for a password, and everybody may come. */
const openRedis: CheckRule<readonly Directive[]> = {
  id: 'file/redis-open',
  aliases: [],
  severity: 'high',
  references: [REDIS],
  check(directives, report) {
    const locked = directives.some(
      ({ name, args, value }) =>
        (name === 'requirepass' && value !== '') ||
        name === 'aclfile' ||
        (name === 'user' && args[0] === 'default' && !args.includes('nopass')),
    );
    const protectedMode = last(directives, 'protected-mode');
    const bind = last(directives, 'bind');
    if (locked || protectedMode === undefined || !isOff(protectedMode.value)) return;
    if (bind === undefined || bind.args.some((each) => EVERYWHERE.test(each.replace(/^-/, '')))) report((bind ?? protectedMode).span);
  },
};

export const redis = fileChecker<readonly Directive[]>({
  id: 'redis',
  path: /(?:^|\/)(?:redis|valkey|keydb)(?:-\w+)?\.conf$/,
  parse: (text) => keywordLines(text),
  rules: [
    openRedis,
    settingRule({
      id: 'file/redis-password-in-file',
      severity: 'medium',
      references: [REDIS],
      names: ['requirepass', 'masterauth'],
      bad: (value) => value !== '' && !value.includes('${'),
      secret: true,
    }),
    settingRule({
      id: 'file/redis-dangerous-commands',
      severity: 'medium',
      references: [REDIS],
      names: ['enable-debug-command', 'enable-module-command', 'enable-protected-configs'],
      bad: isOn,
    }),
  ],
});

interface HbaLine {
  readonly directive: Directive;
  readonly address: string;
  readonly method: string;
}

/** `type database user [address [mask]] method [options]`. Source: PostgreSQL, "The pg_hba.conf File". */
function hbaLines(text: string): readonly HbaLine[] {
  return keywordLines(text).flatMap((directive) => {
    const { name, args } = directive;
    if (name === 'local') return [{ directive, address: '', method: args[2] ?? '' }];
    if (!/^host(?:no)?(?:ssl|gssenc)?$/.test(name)) return [];
    const masked = /^\d+\.\d+\.\d+\.\d+$/.test(args[3] ?? '');
    return [{ directive, address: args[2] ?? '', method: args[masked ? 4 : 3] ?? '' }];
  });
}

function hbaRule(facts: Pick<CheckRule<unknown>, 'id' | 'severity'>, bad: (line: HbaLine) => boolean): CheckRule<readonly HbaLine[]> {
  return {
    ...facts,
    aliases: [],
    references: [HBA],
    check(lines, report) {
      for (const line of lines) {
        if (bad(line)) report(line.directive.span, { params: { address: line.address || 'local', method: line.method } });
      }
    },
  };
}

const here = (address: string) => address === '' || /^(?:127\.|::1|localhost|samehost)/.test(address);

export const postgresAccess = fileChecker<readonly HbaLine[]>({
  id: 'pg-hba',
  path: /(?:^|\/)pg_hba\.conf(?:\.sample)?$/,
  parse: hbaLines,
  rules: [
    hbaRule({ id: 'file/postgres-trust', severity: 'critical' }, ({ address, method }) => method === 'trust' && !here(address)),
    hbaRule({ id: 'file/postgres-trust-local', severity: 'medium' }, ({ address, method }) => method === 'trust' && here(address)),
    hbaRule({ id: 'file/postgres-clear-password', severity: 'medium' }, ({ method, address }) => method === 'password' && !here(address)),
    hbaRule({ id: 'file/postgres-md5-password', severity: 'low' }, ({ method }) => method === 'md5'),
  ],
});

export const postgres = fileChecker<readonly Directive[]>({
  id: 'postgres',
  path: /(?:^|\/)postgresql(?:\.auto)?\.conf$/,
  parse: (text) => iniLines(text, /#/),
  rules: [
    settingRule({
      id: 'file/postgres-open-without-tls',
      severity: 'medium',
      references: [POSTGRES],
      names: ['listen_addresses'],
      bad: (value, _, all) => value.split(',').some((each) => EVERYWHERE.test(each.trim())) && !isOn(last(all, 'ssl')?.value ?? 'off'),
    }),
    settingRule({
      id: 'file/postgres-password-md5',
      severity: 'medium',
      references: [POSTGRES],
      names: ['password_encryption'],
      bad: (value) => /^(?:md5|on|off|plain)$/i.test(value),
    }),
  ],
});

const inServer = ({ sections }: Directive) => /^(?:mysqld|mariadb|server|mariadbd)(?:-|$|\d)/.test(sections[0] ?? 'mysqld');

export const mysql = fileChecker<readonly Directive[]>({
  id: 'mysql',
  path: /(?:^|\/)(?:my\.cnf|\.my\.cnf|mysqld?\.cnf|(?:mysql|mariadb)(?:\/.*)?\/[^/]+\.cnf|my\.cnf\.d\/[^/]+\.cnf)$/,
  parse: (text) => iniLines(text).map((each) => ({ ...each, name: each.name.replaceAll('_', '-') })),
  rules: [
    settingRule({
      id: 'file/mysql-no-grants',
      severity: 'critical',
      references: ['https://dev.mysql.com/doc/refman/8.4/en/server-options.html'],
      names: ['skip-grant-tables'],
      bad: (value, each) => inServer(each) && !isOff(value),
    }),
    settingRule({
      id: 'file/mysql-root-user',
      severity: 'high',
      references: ['https://dev.mysql.com/doc/refman/8.4/en/changing-mysql-user.html'],
      names: ['user'],
      bad: (value, each) => inServer(each) && value === 'root',
    }),
    settingRule({
      id: 'file/mysql-local-infile',
      severity: 'medium',
      references: ['https://dev.mysql.com/doc/refman/8.4/en/load-data-local-security.html'],
      names: ['local-infile', 'loose-local-infile'],
      bad: (value, each) => inServer(each) && (value === '' || isOn(value)),
    }),
    settingRule({
      id: 'file/mysql-files-anywhere',
      severity: 'medium',
      references: [`${MYSQL}#sysvar_secure_file_priv`],
      names: ['secure-file-priv'],
      bad: (value, each) => inServer(each) && (value === '' || value === '/'),
    }),
    settingRule({
      id: 'file/mysql-password-in-file',
      severity: 'high',
      references: ['https://dev.mysql.com/doc/refman/8.4/en/password-security-user.html'],
      names: ['password'],
      bad: (value) => value !== '' && !value.includes('${'),
      secret: true,
    }),
    settingRule({
      id: 'file/mysql-old-passwords',
      severity: 'high',
      references: [MYSQL],
      names: ['old-passwords', 'skip-secure-auth'],
      bad: (value) => !isOff(value) && value !== '2',
    }),
  ],
});

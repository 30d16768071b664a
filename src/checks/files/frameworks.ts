import type { CheckRule } from '../types.ts';
import { fileChecker } from './checker.ts';
import { type Directive, iniLines, isOn } from './directives.ts';
import { settingRule } from './setting-rule.ts';

/** Says every place where a pattern matches; its group `setting` is shown. */
function patternRule(facts: Pick<CheckRule<string>, 'id' | 'severity' | 'references'>, pattern: RegExp): CheckRule<string> {
  return {
    ...facts,
    aliases: [],
    check(text, report) {
      for (const match of text.matchAll(pattern)) {
        const setting = match.groups?.setting ?? match[0];
        const start = match.index + match[0].indexOf(setting);
        report({ start, end: start + setting.length }, { params: { setting: setting.replace(/\s+/g, ' ').slice(0, 200) } });
      }
    },
  };
}

const asText = (text: string) => text;
const DJANGO = 'https://docs.djangoproject.com/en/stable/ref/settings/';
const SPRING = 'https://docs.spring.io/spring-boot/reference/actuator/endpoints.html';

export const django = fileChecker<string>({
  id: 'django',
  path: /(?:^|\/)settings(?:\/(?:base|prod|production|__init__))?\.py$/,
  parse: asText,
  rules: [
    patternRule({ id: 'file/django-debug', severity: 'high', references: [`${DJANGO}#debug`] }, /^(?<setting>DEBUG\s*=\s*True)\b/gm),
    patternRule(
      { id: 'file/django-any-host', severity: 'medium', references: [`${DJANGO}#allowed-hosts`] },
      /^(?<setting>ALLOWED_HOSTS\s*=\s*[[(]\s*['"]\*['"])/gm,
    ),
  ],
});

export const flask = fileChecker<string>({
  id: 'flask',
  path: /(?:^|\/)(?:app|main|wsgi|run|server|application|manage)\.py$/,
  parse: asText,
  rules: [
    patternRule(
      { id: 'file/flask-debug', severity: 'high', references: ['https://flask.palletsprojects.com/en/stable/debugging/'] },
      /^[^#\n]{0,200}?(?<setting>\.run\([^()#\n]{0,200}\bdebug\s*=\s*True)/gm,
    ),
  ],
});

/** Switches that frameworks read out of the environment. */
const SWITCHES = ['app_debug', 'debug', 'flask_debug', 'django_debug', 'wp_debug', 'symfony_debug'];
const MODES = ['app_env', 'node_env', 'rails_env', 'rack_env', 'flask_env', 'aspnetcore_environment', 'dotnet_environment'];

export const environment = fileChecker<readonly Directive[]>({
  id: 'environment',
  path: /(?:^|\/)(?:\.env(?:\.(?:prod|production|local|docker))?|\.flaskenv)$/,
  parse: (text) => iniLines(text.replace(/^export /gm, '       '), /#/),
  rules: [
    settingRule({
      id: 'file/environment-debug',
      severity: 'medium',
      references: ['https://cwe.mitre.org/data/definitions/489.html'],
      names: [...SWITCHES, ...MODES],
      bad: (value, { name }) => (MODES.includes(name) ? /^dev(?:elopment)?$/i.test(value) : isOn(value)),
    }),
  ],
});

/** `management.endpoints.web.exposure.include=*` of a properties file, and the same as nested YAML. */
export const spring = fileChecker<readonly Directive[]>({
  id: 'spring',
  path: /(?:^|\/)application(?:-(?:prod|production|docker|default))?\.(?:properties|ya?ml)$/,
  parse: (text, path) => (path.endsWith('.properties') ? iniLines(text, /[#!]/) : nestedKeys(text)),
  rules: [
    settingRule({
      id: 'file/spring-all-endpoints',
      severity: 'high',
      references: [SPRING],
      names: ['management.endpoints.web.exposure.include', 'endpoints.sensitive'],
      bad: (value, { name }) => (name === 'endpoints.sensitive' ? value === 'false' : value.includes('*')),
    }),
    settingRule({
      id: 'file/spring-database-console',
      severity: 'high',
      references: ['https://docs.spring.io/spring-boot/reference/data/sql.html'],
      names: ['spring.h2.console.enabled', 'spring.h2.console.settings.web-allow-others'],
      bad: isOn,
    }),
    settingRule({
      id: 'file/spring-details-shown',
      severity: 'medium',
      references: ['https://docs.spring.io/spring-boot/appendix/application-properties/index.html'],
      names: ['server.error.include-stacktrace', 'server.error.include-exception'],
      bad: (value) => isOn(value) || value === 'always',
    }),
  ],
});

/** `a.b.c` of the plain mappings of a YAML document; lists and flow forms other than a single value are passed over. */
function nestedKeys(text: string): readonly Directive[] {
  const path: { readonly indent: number; readonly name: string }[] = [];
  return [...text.matchAll(/^([ ]*)([\w.-]+):(?:[ \t]+([^\n]*))?$/gm)].map((match) => {
    const [whole, spaces = '', key = '', rest = ''] = match;
    while ((path.at(-1)?.indent ?? -1) >= spaces.length) path.pop();
    path.push({ indent: spaces.length, name: key.toLowerCase() });
    const value = rest
      .replace(/\s#.*$/, '')
      .trim()
      .replace(/^(['"])(.*)\1$/, '$2');
    const start = match.index + spaces.length;
    const end = match.index + whole.trimEnd().length;
    return { name: path.map(({ name }) => name).join('.'), args: [value], value, span: { start, end }, sections: [] };
  });
}

export const aspnet = fileChecker<string>({
  id: 'aspnet',
  path: /(?:^|\/)(?:web\.config|appsettings(?:\.production)?\.json)$/i,
  parse: asText,
  rules: [
    patternRule(
      {
        id: 'file/aspnet-debug',
        severity: 'medium',
        references: ['https://learn.microsoft.com/en-us/aspnet/core/fundamentals/error-handling'],
      },
      /(?<setting><compilation\b[^>]{0,500}\bdebug="true"|<customErrors\b[^>]{0,500}\bmode="Off"|"DetailedErrors"\s*:\s*true)/gi,
    ),
  ],
});

export const rails = fileChecker<string>({
  id: 'rails',
  path: /(?:^|\/)config\/environments\/production\.rb$/,
  parse: asText,
  rules: [
    patternRule(
      { id: 'file/rails-debug', severity: 'high', references: ['https://guides.rubyonrails.org/configuring.html'] },
      /^[ \t]*(?<setting>config\.consider_all_requests_local\s*=\s*true)/gm,
    ),
  ],
});

export const tomcat = fileChecker<string>({
  id: 'tomcat',
  path: /(?:^|\/)tomcat-users\.xml$/,
  parse: (text) => text.replace(/<!--.*?-->/gs, (comment) => comment.replace(/[^\n]/g, ' ')),
  rules: [
    {
      id: 'file/tomcat-manager-user',
      aliases: [],
      severity: 'high',
      references: ['https://tomcat.apache.org/tomcat-10.1-doc/security-howto.html'],
      check(text, report) {
        for (const match of text.matchAll(/<user\b[^>]{0,1000}>/g)) {
          const user = /\b(?:user)?name\s*=\s*"([^"]*)"/.exec(match[0])?.[1] ?? '?';
          const password = /\bpassword\s*=\s*"([^"]*)"/.exec(match[0]);
          if (!/\broles\s*=\s*"[^"]*\b(?:manager|admin)/.test(match[0]) || !password) continue;
          const value = match.index + password.index + password[0].indexOf('"') + 1;
          const masked = [{ start: value, end: value + (password[1] ?? '').length }];
          report({ start: match.index, end: match.index + match[0].length }, { params: { user }, masked });
        }
      },
    },
  ],
});

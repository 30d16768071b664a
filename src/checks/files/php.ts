import { fileChecker } from './checker.ts';
import { type Directive, iniLines, isOn } from './directives.ts';
import { settingRule } from './setting-rule.ts';

const CORE = 'https://www.php.net/manual/en/ini.core.php';
const ERRORS = 'https://www.php.net/manual/en/errorfunc.configuration.php';

export const php = fileChecker<readonly Directive[]>({
  id: 'php',
  path: /(?:^|\/)(?:php\.ini|php(?:[\d.]*|-fpm)?(?:\/.*)?\/conf\.d\/[^/]+\.ini|\.user\.ini)$/,
  parse: (text) => iniLines(text, /;/),
  rules: [
    settingRule({
      id: 'file/php-errors-shown',
      severity: 'medium',
      references: [ERRORS],
      names: ['display_errors', 'display_startup_errors'],
      bad: (value) => isOn(value) || value.toLowerCase() === 'stdout',
    }),
    settingRule({ id: 'file/php-version-shown', severity: 'low', references: [CORE], names: ['expose_php'], bad: isOn }),
    settingRule({
      id: 'file/php-url-include',
      severity: 'high',
      references: ['https://www.php.net/manual/en/filesystem.configuration.php'],
      names: ['allow_url_include'],
      bad: isOn,
    }),
    settingRule({
      id: 'file/php-register-globals',
      severity: 'high',
      references: [CORE],
      names: ['register_globals', 'register_long_arrays'],
      bad: isOn,
    }),
    settingRule({
      id: 'file/php-remote-debugger',
      severity: 'high',
      references: ['https://xdebug.org/docs/all_settings#mode'],
      names: ['xdebug.mode', 'xdebug.remote_enable'],
      bad: (value) => isOn(value) || /\bdebug\b/.test(value),
    }),
  ],
});

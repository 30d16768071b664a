import { fileChecker } from './checker.ts';
import { type Directive, isOff, isOn, keywordLines } from './directives.ts';
import { settingRule } from './setting-rule.ts';

const MANUAL = 'https://man.openbsd.org/sshd_config';
const REFERENCES = { references: [MANUAL] };
/** Source: OpenSSH release notes 7.0 to 9.8, which took them out of the defaults. */
const WEAK =
  /(?:^|,)[+^]?(?:[^,]*-cbc\b[^,]*|arcfour[^,]*|hmac-(?:md5|sha1-96)[^,]*|diffie-hellman-group(?:1|-exchange)-sha1|ssh-dss[^,]*)(?:,|$)/i;

/** The server's settings. The first value of a keyword wins; those in `Match` blocks hold for some, and are judged too. */
export const sshd = fileChecker<readonly Directive[]>({
  id: 'sshd',
  path: /(?:^|\/)(?:sshd_config|sshd_config\.d\/[^/]+\.conf)$/,
  parse: (text) => keywordLines(text, { equals: true }),
  rules: [
    settingRule({ id: 'file/sshd-root-login', severity: 'high', ...REFERENCES, names: ['permitrootlogin'], bad: isOn }),
    settingRule({ id: 'file/sshd-empty-passwords', severity: 'high', ...REFERENCES, names: ['permitemptypasswords'], bad: isOn }),
    settingRule({
      id: 'file/sshd-password-authentication',
      severity: 'medium',
      ...REFERENCES,
      names: ['passwordauthentication', 'challengeresponseauthentication'],
      bad: isOn,
    }),
    settingRule({ id: 'file/sshd-protocol-1', severity: 'high', ...REFERENCES, names: ['protocol'], bad: (value) => /\b1\b/.test(value) }),
    settingRule({
      id: 'file/sshd-weak-algorithms',
      severity: 'medium',
      ...REFERENCES,
      names: ['ciphers', 'macs', 'kexalgorithms', 'hostkeyalgorithms', 'pubkeyacceptedalgorithms', 'pubkeyacceptedkeytypes'],
      bad: (value) => !value.startsWith('-') && WEAK.test(value),
    }),
    settingRule({ id: 'file/sshd-x11-forwarding', severity: 'low', ...REFERENCES, names: ['x11forwarding'], bad: isOn }),
    settingRule({ id: 'file/sshd-host-based', severity: 'medium', ...REFERENCES, names: ['hostbasedauthentication'], bad: isOn }),
    settingRule({ id: 'file/sshd-user-environment', severity: 'medium', ...REFERENCES, names: ['permituserenvironment'], bad: isOn }),
    settingRule({ id: 'file/sshd-strict-modes', severity: 'medium', ...REFERENCES, names: ['strictmodes'], bad: isOff }),
  ],
});

import { LANGUAGES } from '../../messages/language.ts';
import { choice, flag } from '../kinds.ts';
import { define } from '../setting.ts';

/** What holds for every command. */
export const generalSettings = {
  lang: define({
    key: 'lang',
    flags: '--lang <en|ko>',
    env: 'PLIMSOLL_LANG',
    kind: choice(LANGUAGES),
    fallback: undefined,
    commands: 'all',
    description: 'setting.lang',
  }),
  color: define({
    key: 'color',
    flags: '--color <auto|always|never>',
    env: 'PLIMSOLL_COLOR',
    kind: choice(['auto', 'always', 'never']),
    fallback: 'auto' as const,
    commands: 'all',
    description: 'setting.color',
  }),
  progress: define({
    key: 'progress',
    flags: '--no-progress',
    env: 'PLIMSOLL_PROGRESS',
    kind: flag,
    fallback: true,
    commands: 'all',
    description: 'setting.progress',
  }),
  quiet: define({
    key: 'quiet',
    flags: '-q, --quiet',
    env: 'PLIMSOLL_QUIET',
    kind: flag,
    fallback: false,
    commands: 'all',
    description: 'setting.quiet',
  }),
  debug: define({
    key: 'debug',
    flags: '--debug',
    env: 'PLIMSOLL_DEBUG',
    kind: flag,
    fallback: false,
    commands: 'all',
    description: 'setting.debug',
  }),
} as const;

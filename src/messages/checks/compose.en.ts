import { containerChecksEn } from './container.en.ts';
import { ofSurface } from './container.ts';
import type { CheckSentences } from './types.ts';

const own = {
  'compose/syntax': {
    title: 'No valid Compose file',
    message: 'The file cannot be read: {detail}.',
    why: 'Compose refuses it, and nothing in it was looked at.',
    remedy: 'Mend the place that is named.',
  },
  'compose/obsolete-version': {
    title: 'Obsolete version',
    message: '`version` has no meaning any more.',
    why: 'Compose takes no notice of it and warns at each start; readers think that it decides something.',
    remedy: 'Remove the line.',
  },
  'compose/unknown-key': {
    title: 'Key that Compose does not know',
    message: 'Compose does not know the key `{key}` here; the nearest is `{like}`.',
    why: 'Compose refuses the file, or the setting that was meant does not hold.',
    remedy: 'Write `{like}`, or begin keys of your own with `x-`.',
  },
  'compose/invalid-interpolation': {
    title: 'Variable that Compose cannot read',
    message: '`{text}` is no variable that Compose can put a value in for.',
    why: 'Compose refuses the file; where the dollar sign belongs to a password, it would otherwise be lost.',
    remedy: 'Write a name after the dollar sign, in braces where letters follow, and $$ for the sign itself.',
  },
  'compose/undefined-reference': {
    title: 'Name that is defined nowhere',
    message: '`{name}` is used here and defined nowhere in `{section}`.',
    why: 'Compose refuses the file.',
    remedy: 'Define it in `{section}`, or correct the name.',
  },
  'compose/duplicate-port': {
    title: 'Port taken twice',
    message: 'Port {port} of the host is already taken by the service {other}.',
    why: 'The second service cannot start.',
    remedy: 'Publish one of them on another port.',
  },
  'compose/privileged-build': {
    title: 'Build with the rights of the host',
    message: 'The build is allowed `{option}`.',
    why: 'Every command of the Dockerfile, and all that it downloads, then runs with the rights of the host.',
    remedy: 'Build without it; what needs it belongs on a machine of its own.',
  },
  'compose/secret-in-build-argument': {
    title: 'Secret in a build argument',
    message: 'The value of {name} is written down here and ends up in the image.',
    why: 'Build arguments stay in the history of the image and in the provenance of its build.',
    remedy: 'Use `build.secrets` and `RUN --mount=type=secret`.',
  },
} as const satisfies Readonly<Record<string, CheckSentences>>;

export const composeChecksEn = { ...own, ...ofSurface('compose', containerChecksEn) };

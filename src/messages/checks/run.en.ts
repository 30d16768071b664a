import { containerChecksEn } from './container.en.ts';
import { ofSurface } from './container.ts';
import type { CheckSentences } from './types.ts';

const own = {
  'run/syntax': {
    title: 'Quote that is not closed',
    message: 'The quote that opens here is never closed.',
    why: 'The shell waits for more, or takes what follows for a part of the word.',
    remedy: 'Close the quote.',
  },
  'run/no-command': {
    title: 'No command that starts a container',
    message: 'There is no docker run, docker create or podman run here.',
    why: 'Nothing of this text was looked at.',
    remedy: 'Give the whole line, beginning with docker run.',
  },
  'run/unknown-flag': {
    title: 'Option that does not exist',
    message: '{engine} run has no option {flag}; {like} is probably meant.',
    why: 'The engine refuses the command: what the option was to protect is not even started.',
    remedy: 'Write {like}.',
  },
  'run/flag-without-value': {
    title: 'Option without its value',
    message: '{flag} takes a value, and the line ends here.',
    why: 'The engine refuses the command.',
    remedy: 'Give the value, and the image after it.',
  },
  'run/no-image': {
    title: 'No image',
    message: 'No image is named.',
    why: 'The engine refuses the command; perhaps an option took the name of the image for its value.',
    remedy: 'Name the image after all options.',
  },
  'run/flag-after-image': {
    title: 'Option behind the image',
    message: '{flag} stands behind the image {image}, so the container gets it, not the engine.',
    why: 'What the option was to do or to protect does not happen, and nobody says so.',
    remedy: 'Write all options before the image.',
  },
  'run/conflicting-flags': {
    title: 'Options that exclude each other',
    message: '{first} and {second} do not go together.',
    why: 'The engine refuses the command, or takes no notice of one of them.',
    remedy: 'Leave one of them out.',
  },
  'run/obsolete-flag': {
    title: 'Option without effect',
    message: '{flag} does nothing any more.',
    why: 'Engines have dropped it or will; until then it only looks as if it protected something.',
    remedy: 'Leave it out.',
  },
} as const satisfies Readonly<Record<string, CheckSentences>>;

export const runChecksEn = { ...own, ...ofSurface('run', containerChecksEn) };

import type { CheckRule } from '../types.ts';
import { flagKind, OBSOLETE } from './flags.ts';
import { inside, type RunCommand } from './parse.ts';

const REFERENCE = 'https://docs.docker.com/reference/cli/docker/container/run/';

type RunRule = CheckRule<readonly RunCommand[]>;

const syntax: RunRule = {
  id: 'run/syntax',
  aliases: [],
  severity: 'high',
  references: ['https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02'],
  check(commands, report) {
    for (const { unclosed } of commands) if (unclosed) report(unclosed);
  },
};

const noCommand: RunRule = {
  id: 'run/no-command',
  aliases: [],
  severity: 'high',
  references: [REFERENCE],
  check(commands, report) {
    if (commands.length === 0) report({ start: 0, end: 1 });
  },
};

const unknownFlag: RunRule = {
  id: 'run/unknown-flag',
  aliases: [],
  severity: 'high',
  references: [`${REFERENCE}#options`],
  check(commands, report) {
    for (const { engine, unknown } of commands) {
      if (engine === 'nerdctl') continue;
      for (const { written, like, at } of unknown) {
        const fix = written === '--no-new-privileges' ? { fix: [{ start: at.start, end: at.end, text: like }] } : {};
        report(at, { params: { flag: written, engine, like }, ...fix });
      }
    }
  },
};

const unfinishedFlag: RunRule = {
  id: 'run/flag-without-value',
  aliases: [],
  severity: 'high',
  references: [`${REFERENCE}#options`],
  check(commands, report) {
    for (const { unfinished } of commands) for (const { written, at } of unfinished) report(at, { params: { flag: written } });
  },
};

const noImage: RunRule = {
  id: 'run/no-image',
  aliases: [],
  severity: 'high',
  references: [REFERENCE],
  check(commands, report) {
    for (const { image, at, flags, unfinished, unclosed } of commands) {
      const helps = flags.some(({ name }) => name === 'help' || name === 'rootfs');
      if (!image && !helps && unfinished.length === 0 && !unclosed) report(at);
    }
  },
};

/** Options of the engine that nothing in a container is likely to take by the same name. */
const ENGINES_OWN =
  /^(?:--(?:privileged|cap-add|cap-drop|security-opt|read-only|publish|volume|mount|tmpfs|network|memory|cpus|pids-limit|restart|env|env-file|detach|rm)(?:=|$)|-(?:d|p|e)$)/;

const flagAfterImage: RunRule = {
  id: 'run/flag-after-image',
  aliases: [],
  severity: 'medium',
  references: [REFERENCE],
  check(commands, report) {
    for (const { args, image, engine } of commands) {
      // Once a program is named, what follows is its own.
      const first = args[0];
      if (!image || !first || !ENGINES_OWN.test(first.text)) continue;
      const name = first.text.replace(/^--?/, '').replace(/=.*/, '');
      if (first.text.startsWith('--') && flagKind(engine, name) === undefined) continue;
      report(inside(first, 0), { params: { flag: first.text.replace(/=.*/, ''), image: image.text } });
    }
  },
};

const conflictingFlags: RunRule = {
  id: 'run/conflicting-flags',
  aliases: [],
  severity: 'high',
  references: [`${REFERENCE}#restart`],
  check(commands, report) {
    for (const { flags, engine } of commands) {
      const find = (name: string) => flags.find((flag) => flag.name === name && !/^(?:false|no|0)$/.test(flag.value));
      const [remove, restart, network, publish] = ['rm', 'restart', 'network', 'publish'].map(find);
      if (remove && restart && engine === 'docker') report(restart.at, { params: { first: '--rm', second: '--restart' } });
      if (network?.value === 'host' && publish)
        report(publish.at, { params: { first: '--network host', second: '--publish' }, severity: 'medium' });
    }
  },
};

const obsoleteFlag: RunRule = {
  id: 'run/obsolete-flag',
  aliases: [],
  severity: 'low',
  references: ['https://docs.docker.com/engine/deprecated/'],
  check(commands, report) {
    for (const { flags } of commands) {
      for (const { name, written, at } of flags) if (Object.hasOwn(OBSOLETE, name)) report(at, { params: { flag: written } });
    }
  },
};

/** What only command lines can get wrong. */
export const RUN_RULES: readonly RunRule[] = [
  syntax,
  noCommand,
  unknownFlag,
  unfinishedFlag,
  noImage,
  flagAfterImage,
  conflictingFlags,
  obsoleteFlag,
];

#!/usr/bin/env node
// Nothing is imported before the version is known: an older Node fails on the rest with a page of code instead of a line.
const NEEDED = 24;
const { node } = process.versions;
if (Number.parseInt(node, 10) < NEEDED) {
  const { argv, env, execPath } = process;
  const asked = /--lang[= ](\w+)/.exec(argv.join(' '))?.[1] ?? (env.PLIMSOLL_LANG || env.LC_ALL || env.LC_MESSAGES || env.LANG || '');
  process.stderr.write(
    /^ko(?:[_.@-]|$)/i.test(asked)
      ? `plimsoll: Node.js ${NEEDED} 이상이 필요합니다. 지금은 ${node}입니다(${execPath}). https://nodejs.org 참고\n`
      : `plimsoll: Node.js ${NEEDED} or newer is needed, and this is ${node} (${execPath}); see https://nodejs.org\n`,
  );
  process.exitCode = 3;
} else {
  await import('./start.ts');
}

export {};

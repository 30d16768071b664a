#!/usr/bin/env node
// Nothing is imported before the version is known: an older Node fails on the rest with a page of code instead of a line.
const NEEDED = 24;
const { node } = process.versions;
if (Number.parseInt(node, 10) < NEEDED) {
  process.stderr.write(
    `plimsoll: Node.js ${NEEDED} or newer is needed, and this is ${node} (${process.execPath}); see https://nodejs.org\n`,
  );
  process.exitCode = 3;
} else {
  await import('./start.ts');
}

export {};

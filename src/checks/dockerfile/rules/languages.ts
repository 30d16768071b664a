import type { Dockerfile, Instruction, Stage } from '../document.ts';
import { keepsOut } from '../parser/mounts.ts';
import { type Call, calls, hasArg, hasFlag, operands } from '../shell/calls.ts';
import { insertAfterWord, names } from './apt.ts';
import { allCalls, ancestry, callSpan, type DockerfileRule, inStage, onCalls, rule, runs, unquoted } from './kit.ts';

/** `pip install`, `pip3 install`, `pipx install`, `python -m pip install`. */
function isPipInstall(call: Call): boolean {
  if (call.name.startsWith('pip')) return !call.name.startsWith('pipenv') && hasArg(call, 'install');
  if (!/^python|^pypy/.test(call.name)) return false;
  const at = call.args.findIndex((arg) => arg.text === '-m');
  return call.args[at + 1]?.text === 'pip' && call.args[at + 2]?.text === 'install' && at >= 0;
}

const PIP_VALUED =
  'abi b build e editable extra-index-url f find-links i index-url implementation no-binary only-binary platform prefix progress-bar proxy python python-version root root-user-action src t target trusted-host upgrade-strategy cache-dir retries timeout config-settings global-option report log'.split(
    ' ',
  );
const VCS = /^(?:git|hg|svn|bzr)(?:\+[a-z-]+)?(?::|\b(?=:))|^(?:git|hg|svn|bzr)\+/;

const pip = rule(
  'pip-unpinned',
  'medium',
  ['DL3013'],
  onCalls((call) => {
    if (!isPipInstall(call)) return undefined;
    if (
      hasFlag(call, 'constraint', 'c') ||
      call.args.some(({ text }) => text === '.' || text === '-r' || /^(?:--requirement|-r.)/.test(text))
    )
      return undefined;
    const words = operands(call, PIP_VALUED);
    const packages = words.slice(words.findIndex((word) => word.text === 'install') + 1);
    const loose = packages.filter(({ text }) => !pipFixed(text));
    return loose.length > 0 && { params: { packages: names(loose) } };
  }),
);

function pipFixed(text: string): boolean {
  const vcs = VCS.test(text);
  if (/[<>]|[=!~]=/.test(text) || /\.(?:whl|tar\.gz|zip)$/.test(text)) return true;
  return vcs ? text.includes('@') : text.includes('/');
}

const TRUTHY = new Set(['1', 'true', 'on', 'yes']);

const pipCache = rule('pip-cache-left', 'medium', ['DL3042'], (document, report) => {
  for (const { call, stage, instruction, script } of allCalls(document)) {
    if (!isPipInstall(call) || call.name.startsWith('pipx') || hasArg(call, '--no-cache-dir') || hasFlag(call, 'no-cache-dir')) continue;
    if (keepsOut(instruction, '.cache/pip') || cacheOff(document, stage, instruction)) continue;
    if (
      script.commands.some((command) =>
        command.assignments.some(({ name, value }) => name === 'PIP_NO_CACHE_DIR' && TRUTHY.has(value.text.toLowerCase())),
      )
    )
      continue;
    if (/\bPIP_NO_CACHE_DIR=(?:1|true|on|yes)\b/i.test(script.text)) continue;
    const found = insertAfterWord(call, 'install', ' --no-cache-dir');
    report(callSpan(call), { ...inStage(stage), ...(found === true ? {} : found) });
  }
});

function cacheOff(document: Dockerfile, stage: Stage | undefined, before: Instruction): boolean {
  const all = stage ? ancestry(stage).flatMap((one) => one.instructions) : document.instructions;
  return all.some(
    (instruction) =>
      instruction.keyword === 'ENV' &&
      instruction.start < before.start &&
      instruction.pairs.some((pair) => pair.key.text === 'PIP_NO_CACHE_DIR' && TRUTHY.has(unquoted(pair.value?.text ?? '').toLowerCase())),
  );
}

const npm = rule(
  'npm-unpinned',
  'medium',
  ['DL3016'],
  onCalls((call) => {
    if (call.name !== 'npm') return undefined;
    const words = operands(call, ['loglevel', 'registry', 'prefix', 'cache', 'tag', 'userconfig', 'globalconfig']);
    if (!['install', 'i', 'add'].includes(words[0]?.text ?? '')) return undefined;
    const loose = words.slice(1).filter(({ text }) => !npmFixed(text));
    return loose.length > 0 && { params: { packages: names(loose) } };
  }),
);

function npmFixed(text: string): boolean {
  if (/^git(?:\+(?:ssh|https?))?:\/\//.test(text)) return text.includes('#');
  if (/\.(?:tar|tar\.gz|tgz)$/.test(text) || /^(?:\.{0,2}|~)\//.test(text)) return true;
  return text.startsWith('@') ? text.slice(1).includes('@') : text.includes('@');
}

const gem = rule(
  'gem-unpinned',
  'medium',
  ['DL3028'],
  onCalls((call) => {
    if (call.name !== 'gem' || !hasArg(call, 'install', 'i')) return undefined;
    if (hasArg(call, '-v', '--version') || call.args.some((arg) => arg.text.startsWith('--version='))) return undefined;
    const end = call.args.findIndex((arg) => arg.text === '--');
    const args = end < 0 ? call.args : call.args.slice(0, end);
    const gems: { text: string }[] = [];
    for (let at = 0; at < args.length; at++) {
      const { text } = args[at]!;
      // Which of its flags take a value is not told by their form: the word behind one may be its value.
      if (text.startsWith('-'))
        at +=
          /^--(?:no-|force|user-install|prerelease|pre$|local|remote|both|conservative|development|minimal-deps|quiet|silent|verbose)/.test(
            text,
          ) || text.includes('=')
            ? 0
            : 1;
      else if (text !== 'install' && text !== 'i') gems.push({ text });
    }
    const loose = gems.filter(({ text }) => !text.includes(':') && !text.endsWith('.gem'));
    return loose.length > 0 && { params: { packages: names(loose) } };
  }),
);

const go = rule(
  'go-unpinned',
  'medium',
  ['DL3062'],
  onCalls((call) => {
    if (call.name !== 'go') return undefined;
    const [verb, ...words] = operands(call);
    if (!verb || !['install', 'get', 'run'].includes(verb.text)) return undefined;
    const packages = verb.text === 'run' ? words.slice(0, 1) : words.filter((word) => word.text !== 'tool');
    const loose = packages.filter(
      ({ text }) => !/^[./]/.test(text) && !/\.go$/.test(text) && (!text.includes('@') || /@(?:latest|none|upgrade|patch)$/.test(text)),
    );
    return loose.length > 0 && { params: { packages: names(loose) } };
  }),
);

const yarn = rule('yarn-cache-left', 'low', ['DL3060'], (document, report) => {
  for (const { instruction, stage, script, triggered } of runs(document)) {
    if (stage && !stage.shipped && !triggered) continue;
    const all = calls(script);
    const first = all.findIndex((call) => call.name === 'yarn' && hasArg(call, 'install'));
    const met = all[first];
    if (!met || keepsOut(instruction, '.cache/yarn')) continue;
    const cleaned = all.slice(first + 1).some((call) => call.name === 'yarn' && hasArg(call, 'cache') && hasArg(call, 'clean'));
    if (!cleaned) report(callSpan(met), inStage(stage));
  }
});

/** `npm install` beside a lock file may change what the lock says; `npm ci` installs just that. */
const npmCi = rule(
  'npm-install-in-build',
  'negligible',
  [],
  onCalls((call) => {
    if (call.name !== 'npm') return undefined;
    const words = operands(call, ['loglevel', 'registry', 'prefix', 'cache']);
    return words.length === 1 && ['install', 'i'].includes(words[0]!.text) && !hasFlag(call, 'g', 'global');
  }),
  { references: ['https://docs.npmjs.com/cli/commands/npm-ci'], optIn: true },
);

export const languageRules: readonly DockerfileRule[] = [pip, pipCache, npm, gem, go, yarn, npmCi];

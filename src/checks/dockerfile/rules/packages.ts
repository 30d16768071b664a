import type { Instruction } from '../document.ts';
import { keepsOut } from '../parser/mounts.ts';
import { type Call, calls, hasArg, hasFlag, operands } from '../shell/calls.ts';
import type { Script } from '../shell/script.ts';
import { insertAfterWord, names } from './apt.ts';
import { allCalls, callSpan, type DockerfileRule, each, inherited, inStage, onCalls, rule, runs } from './kit.ts';

const YUM = ['yum'];
const DNF = ['dnf', 'microdnf'];

function noYes(
  name: string,
  ids: readonly string[],
  programs: readonly string[],
  verbs: readonly string[],
  flags: readonly string[],
): DockerfileRule {
  return rule(
    name,
    'medium',
    ids,
    onCalls((call) => {
      const verb = call.args.find((arg) => verbs.includes(arg.text));
      if (!programs.includes(call.name) || !verb || hasFlag(call, ...flags)) return undefined;
      return insertAfterWord(call, verb.text, ' -y');
    }),
  );
}

const yumYes = noYes('yum-without-yes', ['DL3030'], YUM, ['install', 'groupinstall', 'localinstall'], ['y', 'assumeyes']);
const dnfYes = noYes('dnf-without-yes', ['DL3038'], DNF, ['install', 'groupinstall', 'localinstall'], ['y', 'assumeyes']);
const zypperYes = noYes(
  'zypper-without-yes',
  ['DL3034'],
  ['zypper'],
  ['install', 'in', 'remove', 'rm', 'source-install', 'si', 'patch'],
  ['non-interactive', 'n', 'no-confirm', 'y'],
);

/** What an install leaves behind, and how it is cleaned up. */
interface Leftover {
  readonly programs: readonly string[];
  readonly installs: readonly string[];
  readonly clean: (call: Call, by: Call) => boolean;
  readonly cache: readonly string[];
}

function notCleaned(name: string, ids: readonly string[], leftover: Leftover): DockerfileRule {
  return rule(name, 'medium', ids, (document, report) => {
    for (const { instruction, stage, script } of runs(document)) {
      const met = dirty(script, instruction, leftover);
      if (met) report(callSpan(met), inStage(stage));
    }
  });
}

function dirty(script: Script, instruction: Instruction, { programs, installs, clean, cache }: Leftover): Call | undefined {
  const all = calls(script);
  const first = all.findIndex((call) => programs.includes(call.name) && hasArg(call, ...installs));
  if (first < 0 || cache.some((path) => keepsOut(instruction, path))) return undefined;
  return all.slice(first + 1).some((call) => clean(call, all[first]!)) ? undefined : all[first];
}

function removes(pattern: RegExp) {
  return (call: Call): boolean => call.name === 'rm' && call.args.some((arg) => pattern.test(arg.text));
}

const removesYum = removes(/^\/var\/cache(?:\/yum)?(?:\/\*?)?$/);
const removesDnf = removes(/^\/var\/cache(?:\/(?:(?:lib)?dnf5?|yum)\*?)?(?:\/\*?)?$/);
const removesZypper = removes(/^\/var\/cache(?:\/zypp)?(?:\/\*?)?$/);

const yumClean = notCleaned('yum-cache-left', ['DL3032', 'DS-0015'], {
  programs: YUM,
  installs: ['install'],
  clean: (call) => (call.name === 'yum' && hasArg(call, 'clean')) || removesYum(call),
  cache: ['/var/cache/yum', '/var/cache/dnf'],
});
const zypperClean = notCleaned('zypper-cache-left', ['DL3036', 'DS-0020'], {
  programs: ['zypper'],
  installs: ['install', 'in'],
  clean: (call) => (call.name === 'zypper' && hasArg(call, 'clean', 'cc')) || removesZypper(call),
  cache: ['/var/cache/zypp'],
});
const dnfClean = notCleaned('dnf-cache-left', ['DL3040', 'DS-0019'], {
  programs: DNF,
  installs: ['install', 'in', 'upgrade', 'up', 'upgrade-minimal', 'up-min', 'reinstall', 'rei'],
  clean: (call, by) => (call.name === by.name && hasArg(call, 'clean')) || removesDnf(call),
  cache: ['/var/cache/libdnf5', '.cache/libdnf5', '/var/cache/dnf', '/var/cache/yum'],
});

const zypperDist = rule(
  'zypper-dist-upgrade',
  'medium',
  ['DL3035'],
  onCalls((call) => call.name === 'zypper' && hasArg(call, 'dist-upgrade', 'dup')),
);

const zypperUnpinned = rule(
  'zypper-unpinned',
  'medium',
  ['DL3037'],
  onCalls((call) => {
    if (call.name !== 'zypper' || !hasArg(call, 'install', 'in')) return undefined;
    const loose = operands(call).filter((word) => word.text !== 'install' && word.text !== 'in' && !/[=<>]|\.rpm$/.test(word.text));
    return loose.length > 0 && { params: { packages: names(loose) } };
  }),
);

/** `name-1.2.3`; a variable counts as a version where the file declares it. */
function rpmUnpinned(name: string, ids: readonly string[], programs: readonly string[]): DockerfileRule {
  return rule(name, 'medium', ids, (document, report) => {
    for (const { call, stage, instruction } of allCalls(document)) {
      if (!programs.includes(call.name) || !hasArg(call, 'install')) continue;
      const module = hasArg(call, 'module');
      if (hasArg(call, 'group')) continue;
      const declared = new Set<string>();
      for (const arg of each(document, 'ARG')) for (const pair of arg.instruction.pairs) declared.add(pair.key.text);
      for (const env of stage ? inherited(stage) : document.instructions) {
        if (env.keyword === 'ENV' && env.start < instruction.start) for (const pair of env.pairs) declared.add(pair.key.text);
      }
      const packages = operands(call).filter((word) => !['install', 'module'].includes(word.text));
      const loose = packages.filter(({ text }) => (module ? !/:/.test(text) : !rpmFixed(text, declared)));
      if (loose.length > 0) report(callSpan(call), { params: { packages: names(loose) }, ...inStage(stage) });
    }
  });
}

function rpmFixed(text: string, declared: ReadonlySet<string>): boolean {
  if (text.endsWith('.rpm')) return true;
  const [, ...parts] = text.split('-');
  if (parts.length === 0) return false;
  if (text.includes('$')) return [...declared].some((name) => text.includes(`\${${name}}`));
  return parts.every((part) => /^[0-9A-Za-z.~^_:+]*$/.test(part)) && parts.some((part) => /^\d/.test(part));
}

const yumUnpinned = rpmUnpinned('yum-unpinned', ['DL3033'], YUM);
const dnfUnpinned = rpmUnpinned('dnf-unpinned', ['DL3041'], DNF);

const apkUnpinned = rule(
  'apk-unpinned',
  'medium',
  ['DL3018'],
  onCalls((call) => {
    if (call.name !== 'apk' || !hasArg(call, 'add')) return undefined;
    const loose = operands(call, ['t', 'virtual', 'repository', 'X', 'p', 'root', 'arch', 'keys-dir', 'repositories-file']).filter(
      (word) => word.text !== 'add' && !/[=~<>]|\.apk$/.test(word.text),
    );
    return loose.length > 0 && { params: { packages: names(loose) } };
  }),
);

const apkCache = rule('apk-cache-left', 'low', ['DL3019', 'DS-0025'], (document, report) => {
  for (const { call, stage, instruction, script } of allCalls(document)) {
    if (call.name !== 'apk' || !hasArg(call, 'add') || hasFlag(call, 'no-cache')) continue;
    if (keepsOut(instruction, '/var/cache/apk')) continue;
    const fix = apkFix(call, script);
    report(callSpan(call), { ...inStage(stage), ...(fix ? { fix } : {}) });
  }
});

/** `--no-cache` reads the index anew: the same packages, unless an update stands before it on purpose. */
function apkFix(call: Call, script: Script) {
  const updated = calls(script).some((other) => other.name === 'apk' && hasArg(other, 'update', 'upgrade', 'fetch', 'cache'));
  if (updated || hasFlag(call, 'U', 'update-cache', 'cache-dir', 'no-network')) return undefined;
  const found = insertAfterWord(call, 'add', ' --no-cache');
  return found === true ? undefined : found.fix;
}

export const packageRules: readonly DockerfileRule[] = [
  yumYes,
  yumClean,
  yumUnpinned,
  dnfYes,
  dnfClean,
  dnfUnpinned,
  zypperYes,
  zypperClean,
  zypperDist,
  zypperUnpinned,
  apkUnpinned,
  apkCache,
];

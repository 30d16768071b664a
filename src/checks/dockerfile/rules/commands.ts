import { keepsOut } from '../parser/mounts.ts';
import { shellName } from '../parser/run.ts';
import { baseName, calls, flagValues, hasArg, hasFlag } from '../shell/calls.ts';
import type { Command, Pipeline } from '../shell/script.ts';
import { type DockerfileRule, inStage, onCalls, rule, runs, walk } from './kit.ts';

const POINTLESS = new Set(['free', 'kill', 'mount', 'ps', 'service', 'shutdown', 'ssh', 'top', 'vim']);

const pointless = rule(
  'pointless-command',
  'low',
  ['DL3001'],
  onCalls((call) => POINTLESS.has(call.name) && { params: { command: call.name } }),
);

const cd = rule('cd-instead-of-workdir', 'medium', ['DL3003', 'DS-0013'], (document, report) => {
  for (const { stage, script } of runs(document)) {
    const command = script.commands.find(({ first }) => first?.text === 'cd');
    if (command) report(command, { params: { folder: command.words[1]?.text ?? '~' }, ...inStage(stage) });
  }
});

const sudo = rule(
  'sudo',
  'high',
  ['DL3004', 'DS-0010'],
  onCalls((call) => call.name === 'sudo'),
);

const shellLink = rule(
  'shell-replaced-by-link',
  'medium',
  ['DL4005'],
  onCalls((call) => call.name === 'ln' && hasArg(call, '/bin/sh')),
);

const wgetAndCurl = rule('wget-and-curl', 'medium', ['DL4001', 'DS-0014'], (document, report) => {
  let used = new Set<string>();
  for (const { instruction, stage } of walk(document)) {
    if (instruction.keyword === 'FROM') used = new Set();
    const inner = instruction.trigger ?? instruction;
    if (inner.keyword !== 'RUN' || !inner.script) continue;
    const met = calls(inner.script).filter((call) => call.name === 'curl' || call.name === 'wget');
    for (const call of met) used.add(call.name);
    const second = used.size > 1 ? met.at(-1) : undefined;
    if (second) report(second.word, { params: { command: second.name }, ...inStage(stage) });
  }
});

const wgetProgress = rule(
  'wget-progress',
  'low',
  ['DL3047'],
  onCalls((call) => {
    if (call.name !== 'wget' || hasFlag(call, 'progress', 'q', 'quiet', 'o', 'output-file', 'a', 'append-output', 'no-verbose'))
      return undefined;
    return !hasArg(call, '-nv') && !hasFlag(call, 'help', 'version', 'V', 'h');
  }),
);

const useradd = rule(
  'useradd-high-uid',
  'medium',
  ['DL3046'],
  onCalls((call) => {
    if (call.name !== 'useradd' || hasFlag(call, 'l', 'no-log-init')) return undefined;
    const uid = flagValues(call, 'u', 'uid').find((value) => value.length > 5);
    return uid !== undefined && { params: { uid } };
  }),
);

const PIPEFAIL_SHELLS = new Set(['bash', 'zsh', 'ash', 'ksh', 'busybox']);

/** `-o pipefail` of SHELL, or `set -o pipefail` in the script before the pipe. */
const pipefail = rule('pipe-without-pipefail', 'medium', ['DL4006'], (document, report) => {
  for (const { instruction, stage, script, triggered } of runs(document)) {
    if (triggered || script.pipelines.length === 0) continue;
    const { shell } = instruction;
    const chosen =
      PIPEFAIL_SHELLS.has(shellName(shell)) && shell.some((word, at) => word === 'pipefail' && /^-[a-z]*o$/.test(shell[at - 1] ?? ''));
    if (chosen) continue;
    const set = script.commands.find(setsPipefail);
    const pipe = script.pipelines.find((pipeline) => !set || pipeline.start < set.start);
    if (pipe && !harmless(pipe)) report(pipe, inStage(stage));
  }
});

function setsPipefail(command: Command): boolean {
  return (
    command.first?.text === 'set' &&
    command.words.some((word, at) => word.text === 'pipefail' && /^-[a-z]*o$/.test(command.words[at - 1]?.text ?? ''))
  );
}

/** What cannot fail, or is meant to: `yes | x`, `echo x | y`. Its failure is no news. */
function harmless({ stages }: Pipeline): boolean {
  return stages.slice(0, -1).every((stage) => stage.length === 1 && stage[0]?.first?.text === 'yes');
}

/** Each RUN is a layer. What belongs together, and cannot be cached apart, is better in one. */
const consecutive = rule('consecutive-runs', 'low', ['DL3059'], (document, report) => {
  let last: { flags: string; count: number } | undefined;
  for (const { instruction, stage } of walk(document)) {
    const count = instruction.script?.commands.length ?? 1;
    const flags = instruction.flags
      .map((flag) => `${flag.name}=${flag.value}`)
      .toSorted()
      .join(' ');
    if (instruction.keyword !== 'RUN') last = undefined;
    else if (!last || last.flags !== flags || count > 1 || last.count > 1) last = { flags, count };
    else report(instruction, inStage(stage));
  }
});

const emptyRun = rule(
  'useless-layer',
  'negligible',
  [],
  (document, report) => {
    for (const { instruction, stage, script } of runs(document)) {
      const { commands } = script;
      // What a group writes may go to a file.
      if (commands.some((command) => command.depth > 0)) continue;
      const idle =
        commands.length > 0 &&
        commands.every(
          (command) => IDLE.has(baseName(command.first?.text ?? '')) && command.redirects.length === 0 && command.assignments.length === 0,
        );
      const exports =
        commands.length > 0 &&
        commands.every(
          (command) =>
            (command.first === undefined && command.redirects.length === 0) ||
            command.first?.text === 'export' ||
            command.first?.text === 'cd',
        );
      if ((idle || exports) && script.pipelines.length === 0 && !keepsOut(instruction, '/'))
        report(instruction, { params: { command: script.text.slice(0, 60) }, ...inStage(stage) });
    }
  },
  { references: ['https://docs.docker.com/build/building/best-practices/'] },
);

const IDLE = new Set([
  'echo',
  'printf',
  'true',
  ':',
  'ls',
  'pwd',
  'whoami',
  'id',
  'env',
  'printenv',
  'date',
  'uname',
  'cat',
  'df',
  'which',
  'hostname',
]);

export const commandRules: readonly DockerfileRule[] = [
  pointless,
  cd,
  sudo,
  shellLink,
  wgetAndCurl,
  wgetProgress,
  useradd,
  pipefail,
  consecutive,
  emptyRun,
];

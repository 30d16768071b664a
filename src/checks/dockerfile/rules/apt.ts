import type { TextEdit } from '../../../model/index.ts';
import type { Dockerfile, Instruction, Stage } from '../document.ts';
import { keepsOut } from '../parser/mounts.ts';
import { type Call, calls, countFlag, hasArg, hasFlag, operands } from '../shell/calls.ts';
import type { Script } from '../shell/script.ts';
import { allCalls, ancestry, callSpan, type DockerfileRule, inStage, onCalls, rule, runs } from './kit.ts';

/** Flags of apt-get that take a value. */
const VALUED = ['t', 'target-release', 'default-release', 'o', 'option', 'c', 'config-file'];

export function isInstall(call: Call, ...programs: readonly string[]): boolean {
  return programs.includes(call.name) && hasArg(call, 'install');
}

const unpinned = rule(
  'apt-unpinned',
  'medium',
  ['DL3008'],
  onCalls((call) => {
    if (!isInstall(call, 'apt-get')) return undefined;
    const loose = operands(call, ['t', 'target-release']).filter((word) => word.text !== 'install' && !/[=/]|\.deb$/.test(word.text));
    return loose.length > 0 && { params: { packages: names(loose) } };
  }),
);

export function names(words: readonly { readonly text: string }[]): string {
  const shown = words.slice(0, 6).map((word) => word.text);
  return words.length > shown.length ? `${shown.join(', ')}, …` : shown.join(', ');
}

const noYes = rule(
  'apt-without-yes',
  'medium',
  ['DL3014', 'DS-0021'],
  onCalls((call) => {
    if (!isInstall(call, 'apt-get')) return undefined;
    const quiet = countFlag(call, 'q') + countFlag(call, 'quiet') >= 2 || hasArg(call, '-q=2', '-qq', '-yqq');
    const set = hasFlag(call, 'y', 'yes', 'assume-yes', 'qq', 'force-yes');
    if (set || quiet || call.command.after === '|') return undefined;
    return insertAfterWord(call, 'install', ' -y');
  }),
);

/** A fix that puts ` -x` behind the word that is the program's verb. */
export function insertAfterWord(call: Call, verb: string, text: string): { fix: readonly TextEdit[] } | true {
  const word = call.args.find((arg) => arg.text === verb);
  if (!word || !call.exact || word.raw !== word.text) return true;
  return { fix: [{ start: word.end, end: word.end, text }] };
}

const recommends = rule(
  'apt-recommends',
  'low',
  ['DL3015', 'DS-0029'],
  onCalls((call) => {
    if (!isInstall(call, 'apt-get') || hasFlag(call, 'no-install-recommends')) return undefined;
    return !call.args.some((arg) => /APT::Install-Recommends=(?:"?false"?|0|"?no"?)$/i.test(arg.text));
  }),
  { benchmarks: ['CIS Docker 4.3'] },
);

const endUserTool = rule(
  'apt-for-scripts',
  'medium',
  ['DL3027'],
  onCalls((call) => call.name === 'apt'),
);

/** Programs that read the package lists into the image. */
function updates(script: Script): Call | undefined {
  return calls(script).find((call) => ['apt', 'apt-get', 'aptitude'].includes(call.name) && hasArg(call, 'update'));
}

function cleansLists(script: Script): boolean {
  return calls(script).some(
    (call) => call.name === 'rm' && call.args.some((arg) => /^\/var\/lib\/apt(?:\/lists(?:\/\*?)?|\/\*|\/?)?$/.test(arg.text)),
  );
}

/** Docker's images of Debian and Ubuntu empty the cache of packages after each apt, but not the lists. */
const lists = rule('apt-lists-left', 'low', ['DL3009'], (document, report) => {
  for (const { instruction, stage, script, triggered } of runs(document)) {
    const update = updates(script);
    // Who has triggers is built upon elsewhere.
    if (!update || cleansLists(script) || (stage && !stage.shipped && !triggered)) continue;
    if (keepsOut(instruction, '/var/lib/apt/lists') || (keepsOut(instruction, '/var/lib/apt') && keepsOut(instruction, '/var/cache/apt')))
      continue;
    const fix = listsFix(document, instruction, stage, script);
    report(callSpan(update), { ...inStage(stage), ...(fix ? { fix } : {}) });
  }
});

/** ` && rm -rf /var/lib/apt/lists/*` at the end, where no later step of these stages counts on the lists. */
function listsFix(
  document: Dockerfile,
  instruction: Instruction,
  stage: Stage | undefined,
  script: Script,
): readonly TextEdit[] | undefined {
  const last = script.commands.findLast((command) => command.depth === 0);
  const simple =
    last &&
    script.commands.every(
      (command) => command.depth === 0 && !command.background && command.redirects.every((redirect) => !redirect.operator.startsWith('<<')),
    );
  if (!simple || !script.exact || script.problems.length > 0 || script.endsInComment || instruction.json || instruction.heredocs.length > 0)
    return undefined;
  if (last.end !== script.end || /[;&|]\s*$/.test(script.text) || script.commands.some((command) => command.after === '||'))
    return undefined;
  const { end } = instruction;
  const later = (other: Stage | undefined): boolean => other !== undefined && stage !== undefined && ancestry(other).includes(stage);
  for (const placed of runs(document)) {
    if (placed.instruction.start <= instruction.start || !later(placed.stage)) continue;
    const uses = calls(placed.script).some((call) => ['apt', 'apt-get', 'aptitude'].includes(call.name));
    if (uses && !updates(placed.script)) return undefined;
  }
  // Programs of the same script that are not known may read the lists after it; at its end nothing does.
  return [{ start: end, end, text: ' && rm -rf /var/lib/apt/lists/*' }];
}

const upgrade = rule(
  'package-upgrade',
  'low',
  ['DS-0024'],
  onCalls((call) => {
    const found = UPGRADES[call.name];
    if (!found || !Object.hasOwn(UPGRADES, call.name)) return undefined;
    const verb = operands(call, VALUED)[0]?.text;
    return verb !== undefined && found.includes(verb) && { params: { command: `${call.name} ${verb}` } };
  }),
  { references: ['https://docs.docker.com/build/building/best-practices/#apt-get'] },
);

const UPGRADES: Readonly<Record<string, readonly string[]>> = {
  'apt-get': ['upgrade', 'dist-upgrade', 'full-upgrade'],
  apt: ['upgrade', 'dist-upgrade', 'full-upgrade'],
  aptitude: ['upgrade', 'safe-upgrade', 'full-upgrade', 'dist-upgrade'],
  apk: ['upgrade'],
};

/** An update of the lists in a layer of its own is kept by the cache for ever, and installs then ask for what is no longer there. */
const updateAlone = rule(
  'package-update-alone',
  'high',
  ['DS-0017', 'CIS-DI-0007'],
  (document, report) => {
    for (const { stage, script, instruction } of runs(document)) {
      const all = calls(script);
      const update = all.find(
        (call) => MANAGERS.has(call.name) && operands(call, VALUED)[0]?.text === 'update' && operands(call, VALUED).length === 1,
      );
      if (!update || update.command.depth > 0 || keepsOut(instruction, '/var/lib/apt')) continue;
      const others =
        all.some((call) => call !== update && call.name === update.name.replace(/^apt(?:itude)?$/, 'apt-get')) ||
        all.some((call) => call !== update && MANAGERS.has(call.name) && !['update'].includes(operands(call, VALUED)[0]?.text ?? ''));
      const unknown = all.some((call) => /\.sh$|^(?:bash|sh|make|python3?|\.|source)$/.test(call.name));
      if (!others && !unknown) report(callSpan(update), { params: { command: `${update.name} update` }, ...inStage(stage) });
    }
  },
  { benchmarks: ['CIS Docker 4.7'], references: ['https://docs.docker.com/build/building/best-practices/#apt-get'] },
);

const MANAGERS = new Set(['apt-get', 'apt', 'aptitude', 'apk']);

const keyTool = rule(
  'apt-key',
  'medium',
  [],
  onCalls((call) => call.name === 'apt-key' && hasArg(call, 'add', 'adv')),
  { references: ['https://manpages.debian.org/bookworm/apt/apt-key.8.en.html'], benchmarks: ['CIS Docker 4.11'] },
);

/** Options that let packages in whatever their signatures say. */
const unauthenticated = rule(
  'packages-unauthenticated',
  'high',
  ['CIS-DI-0011'],
  (document, report) => {
    for (const { call, stage } of allCalls(document)) {
      const word = call.args.find((arg) => UNSAFE[call.name]?.test(arg.text));
      if (word) report(word, { params: { option: word.text }, ...inStage(stage) });
    }
  },
  { benchmarks: ['CIS Docker 4.11'], references: ['https://manpages.debian.org/bookworm/apt/apt-secure.8.en.html'] },
);

const APT_UNSAFE =
  /^--(?:allow-unauthenticated|force-yes|allow-insecure-repositories)$|^(?:-o)?(?:APT::Get::AllowUnauthenticated|Acquire::AllowInsecureRepositories)="?(?:true|1|yes)"?$/i;
const RPM_UNSAFE = /^--(?:nogpgcheck|no-gpg-checks|setopt=(?:\*\.)?gpgcheck=(?:0|false))$/;
const UNSAFE: Readonly<Record<string, RegExp>> = {
  'apt-get': APT_UNSAFE,
  apt: APT_UNSAFE,
  apk: /^--allow-untrusted$/,
  yum: RPM_UNSAFE,
  dnf: RPM_UNSAFE,
  microdnf: RPM_UNSAFE,
  zypper: RPM_UNSAFE,
  rpm: /^--(?:nosignature|nodigest|nogpg|nogpgcheck)$/,
};

export const aptRules: readonly DockerfileRule[] = [
  unpinned,
  noYes,
  recommends,
  endUserTool,
  lists,
  upgrade,
  updateAlone,
  keyTool,
  unauthenticated,
];

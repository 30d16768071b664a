import type { Dockerfile, Instruction, Stage } from '../document.ts';
import { mounts } from '../parser/mounts.ts';
import { type Call, calls, flagValues, hasArg, operands } from '../shell/calls.ts';
import { fromElsewhere, sources } from './files.ts';
import { allCalls, callSpan, type DockerfileRule, each, inherited, inStage, isDynamic, REFERENCE, rule, runs, unquoted } from './kit.ts';

/** `u+s`, `4755`, `g+s`, `2755`: who starts the program has its owner's rights. */
const setuid = rule(
  'setuid-bit',
  'high',
  ['CIS-DI-0008'],
  (document, report) => {
    for (const { call, stage } of allCalls(document)) {
      const mode = modeOf(call);
      if (mode !== undefined && setsId(mode)) report(callSpan(call), { params: { mode }, ...inStage(stage) });
    }
    for (const { instruction, stage } of each(document, 'COPY', 'ADD')) {
      const flag = instruction.flags.find((candidate) => candidate.name === 'chmod');
      if (flag?.value && setsId(flag.value)) report(flag, { params: { mode: flag.value }, ...inStage(stage) });
    }
  },
  { benchmarks: ['CIS Docker 4.8'], references: ['https://man7.org/linux/man-pages/man2/chmod.2.html'] },
);

/** The mode that a chmod sets, install's with `-m`. */
function modeOf(call: Call): string | undefined {
  if (call.name === 'install') return flagValues(call, 'm', 'mode')[0];
  if (call.name !== 'chmod') return undefined;
  return call.args.find(({ text }) => /^(?:0?[0-7]{3,4}|[ugoa]*[+=-][rwxXst,ugoa+=-]*)$/.test(text) && !/^-[RvcfhHLP]+$/.test(text))?.text;
}

function setsId(mode: string): boolean {
  if (/^[0-7]+$/.test(mode)) return (Number.parseInt(mode, 8) & 0o6000) !== 0 && mode.length >= 4;
  return mode.split(',').some((part) => /^(?:[ug]+|a|)[+=][rwxXt]*s/.test(part));
}

function worldWritable(mode: string): boolean {
  if (/^[0-7]+$/.test(mode)) {
    const bits = Number.parseInt(mode, 8);
    return (bits & 0o002) !== 0 && (bits & 0o1000) === 0;
  }
  return mode.split(',').some((part) => /^[ugo]*[oa][ugoa]*[+=][rxXst]*w/.test(part));
}

const openMode = rule(
  'world-writable',
  'medium',
  [],
  (document, report) => {
    for (const { call, stage } of allCalls(document)) {
      const mode = modeOf(call);
      if (mode === undefined || !worldWritable(mode)) continue;
      if (
        call.args.length > 1 &&
        operands(call)
          .slice(1)
          .every(({ text }) => /^\/(?:var\/)?tmp\/?$/.test(text))
      )
        continue;
      report(callSpan(call), { params: { mode }, ...inStage(stage) });
    }
    for (const { instruction, stage } of each(document, 'COPY', 'ADD')) {
      const flag = instruction.flags.find((candidate) => candidate.name === 'chmod');
      if (flag?.value && worldWritable(flag.value)) report(flag, { params: { mode: flag.value }, ...inStage(stage) });
    }
  },
  { benchmarks: ['NIST 800-190 4.1.3'], references: ['https://cwe.mitre.org/data/definitions/732.html'] },
);

/** Whoever runs the code may change it: a flaw in it is then there to stay. */
const writableCode = rule(
  'code-writable-by-user',
  'low',
  [],
  (document, report) => {
    const stage = document.stages.at(-1);
    if (!stage) return;
    const user = inherited(stage).findLast((instruction) => instruction.keyword === 'USER')?.words[0]?.text;
    if (user === undefined || isDynamic(user)) return;
    const [name = '', group] = unquoted(user).split(':');
    if (name === 'root' || /^0+$/.test(name)) return;
    for (const instruction of stage.instructions) {
      if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') continue;
      const flag = instruction.flags.find((candidate) => candidate.name === 'chown');
      const chmod = instruction.flags.find((candidate) => candidate.name === 'chmod')?.value;
      if (chmod !== undefined && /^0?[0-7]{3}$/.test(chmod) && !/[2367]/.test(chmod)) continue;
      const [owner, ownerGroup] = (flag?.value ?? '').split(':');
      if (flag && (owner === name || (owner === '' && ownerGroup === group))) report(flag, { params: { user: name }, ...inStage(stage) });
    }
  },
  { references: ['https://cwe.mitre.org/data/definitions/732.html'], benchmarks: ['NIST 800-190 4.1.3'] },
);

const SECRET_FILE =
  /(?:^|\/)(?:id_(?:rsa|dsa|ecdsa|ed25519)(?:\.[^.]*)?|\.env(?:\.(?!example|sample|template|dist)[\w-]+)?|\.npmrc|\.pypirc|\.netrc|_netrc|\.pgpass|\.git-credentials|\.aws(?:\/credentials)?|\.ssh|\.docker(?:\/config\.json)?|\.dockercfg|\.kube(?:\/config)?|kubeconfig|\.htpasswd|\.vault-token|credentials\.json|service[-_]?account[\w-]*\.json|secrets?\.(?:ya?ml|json|txt|env|toml|ini)|terraform\.tfstate|.*\.(?:pem|key|p12|pfx|jks|keystore|ppk|kdbx|tfvars))$/i;
const PUBLIC_FILE = /(?:^|[/._-])(?:pub|public|ca|cert|certs?|chain|fullchain|root|bundle|cacert|example|sample)(?:[._-]|$)|\.pub$/i;

/** Files that hold a key or password by their name. Who has the image has them, also where a later layer removes them. */
const secretFile = rule(
  'secret-file-copied',
  'high',
  ['CIS-DI-0010'],
  (document, report) => {
    for (const { instruction, stage } of each(document, 'COPY', 'ADD')) {
      if (fromElsewhere(instruction) || (stage && !stage.shipped)) continue;
      for (const source of sources(instruction)) {
        const path = unquoted(source.text.slice(0, 1000)).replace(/\/$/, '');
        if (SECRET_FILE.test(path) && !PUBLIC_FILE.test(path)) report(source, { params: { path }, ...inStage(stage) });
      }
    }
  },
  { benchmarks: ['CIS Docker 4.10', 'NIST 800-190 4.1.4'], references: ['https://docs.docker.com/build/building/secrets/'] },
);

/** A secret that is mounted for one step and then written into the layer. */
const secretKept = rule(
  'secret-mount-copied',
  'high',
  ['CIS-DI-0010'],
  (document, report) => {
    for (const { instruction, stage, script } of runs(document)) {
      const paths = mounts(instruction)
        .filter((mount) => mount.type === 'secret')
        .map((mount) => mount.target ?? `/run/secrets/${mount.id ?? ''}`);
      if (paths.length === 0) continue;
      for (const call of calls(script)) {
        const copies =
          ['cp', 'mv', 'install', 'ln', 'rsync'].includes(call.name) &&
          paths.some((path) => call.args.slice(0, -1).some((arg) => arg.text === path));
        const prints =
          call.name === 'cat' &&
          paths.some((path) => hasArg(call, path)) &&
          call.command.redirects.some(
            (redirect) => redirect.operator.startsWith('>') && !/^\/(?:dev\/null|tmp\/)/.test(redirect.target?.text ?? ''),
          );
        if (copies || prints) report(callSpan(call), { params: { program: call.name }, ...inStage(stage) });
      }
    }
  },
  { references: ['https://docs.docker.com/build/building/secrets/'], benchmarks: ['CIS Docker 4.10'] },
);

const SSH_SERVER = new Set([
  'openssh-server',
  'openssh',
  'dropbear',
  'telnetd',
  'inetutils-telnetd',
  'tightvncserver',
  'tigervnc-standalone-server',
  'x11vnc',
  'xrdp',
  'webmin',
]);

const remoteLogin = rule(
  'remote-login-server',
  'medium',
  [],
  (document, report) => {
    for (const { call, stage } of allCalls(document)) {
      if (!/^(?:apt-get|apt|apk|yum|dnf|microdnf|zypper)$/.test(call.name) || !hasArg(call, 'install', 'add', 'in')) continue;
      const word = operands(call).find(({ text }) => SSH_SERVER.has(text.split(/[=~<>]/)[0]!));
      if (word && (!stage || stage.shipped)) report(word, { params: { package: word.text }, ...inStage(stage) });
    }
    for (const { instruction, stage } of each(document, 'CMD', 'ENTRYPOINT')) {
      const daemon = instruction.script && calls(instruction.script).find((call) => call.name === 'sshd' || call.name === 'telnetd');
      if (daemon) report(instruction, { params: { package: daemon.name }, ...inStage(stage) });
    }
  },
  {
    benchmarks: ['CIS Docker 5.7', 'NIST 800-190 4.1.2'],
    references: ['https://docs.docker.com/engine/containers/multi-service_container/'],
  },
);

/** `echo root:x | chpasswd`, `passwd -d`, `useradd -p`: a password for all containers of this image. */
const password = rule(
  'password-set',
  'high',
  ['CIS-DI-0010'],
  (document, report) => {
    for (const { stage, script } of runs(document)) {
      for (const { start, end, stages } of script.pipelines) {
        const last = stages.at(-1)?.[0]?.first?.text;
        const given = stages[0]?.[0];
        if (last !== 'chpasswd' && last !== 'passwd') continue;
        if (given && ['echo', 'printf'].includes(given.first?.text ?? ''))
          report({ start, end }, { masked: given.words.slice(1), params: { program: last }, ...inStage(stage) });
      }
      for (const call of calls(script)) {
        const value = ['useradd', 'usermod'].includes(call.name) ? flagValues(call, 'p', 'password')[0] : undefined;
        const bare = value !== undefined && !/^(?:[!*x]|\$\{|\$\()/.test(value);
        if (bare)
          report(callSpan(call), {
            masked: call.args.filter((arg) => arg.text.includes(value)),
            params: { program: call.name },
            ...inStage(stage),
          });
        if (call.name === 'passwd' && call.args.some((arg) => arg.text === '-d' || arg.text === '--delete'))
          report(callSpan(call), { params: { program: call.name }, ...inStage(stage) });
      }
    }
  },
  { benchmarks: ['CIS Docker 4.10'], references: ['https://cwe.mitre.org/data/definitions/798.html'] },
);

/** Sudo without a password for somebody is root for somebody. */
const sudoers = rule(
  'passwordless-sudo',
  'high',
  ['CIS-DI-0001'],
  (document, report) => {
    for (const { stage, script } of runs(document)) {
      const command = script.commands.find((candidate) => candidate.words.some((word) => /NOPASSWD:/.test(word.text)));
      if (command) report(command, inStage(stage));
    }
  },
  { benchmarks: ['CIS Docker 4.1'], references: ['https://www.sudo.ws/docs/man/sudoers.man/'] },
);

const BUILD_TOOLS =
  /^(?:build-essential|gcc|g\+\+|make|cmake|clang|llvm|autoconf|automake|libtool|build-base|golang(?:-go)?|cargo|rustc|git|subversion|mercurial|openjdk-\d+-jdk|maven|gradle|gdb|strace|nmap|netcat|netcat-openbsd|ncat|tcpdump|vim|nano|telnet|nodejs-dev|python3-dev|.*-dev|.*-devel)$/;

/** Compilers, debuggers and tools of attackers in what is shipped, not removed in the step that installed them. */
const buildTools = rule(
  'build-tools-shipped',
  'low',
  [],
  (document, report) => {
    const stage = document.stages.at(-1);
    for (const { instruction, script, ...placed } of runs(document)) {
      if (!stage || placed.stage !== stage || placed.triggered) continue;
      const all = calls(script);
      const removed = all.some(
        (call) =>
          /^(?:apt-get|apt|apk|yum|dnf|microdnf|zypper)$/.test(call.name) &&
          hasArg(call, 'purge', 'remove', 'del', 'autoremove', 'erase', 'rm'),
      );
      if (removed) continue;
      for (const call of all) {
        if (!/^(?:apt-get|apk|yum|dnf|microdnf|zypper|apt)$/.test(call.name) || !hasArg(call, 'install', 'add', 'in')) continue;
        const words = operands(call, ['t', 'virtual', 'target-release']).filter(({ text }) => BUILD_TOOLS.test(text.split(/[=~<>]/)[0]!));
        if (words.length > 0 && instruction)
          report(callSpan(call), {
            params: {
              packages: words
                .slice(0, 6)
                .map((word) => word.text)
                .join(', '),
            },
            ...inStage(stage),
          });
      }
    }
  },
  { benchmarks: ['CIS Docker 4.3', 'NIST 800-190 4.1.1'], references: ['https://docs.docker.com/build/building/multi-stage/'] },
);

/** An image for production that starts as a whole distribution has what it takes to install more. */
const packageManager = rule(
  'package-manager-shipped',
  'negligible',
  ['CIS-DI-0003'],
  (document, report) => {
    const stage = document.stages.at(-1);
    const image = stage?.resolved;
    if (!stage || !image || stage.base || !stage.image) return;
    const installs = runsOf(document, stage);
    if (
      FULL.test(image.name) &&
      !/slim|distroless|static|chainguard|-alpine|scratch/.test(`${image.name}:${image.tag ?? ''}`) &&
      (installs || document.stages.length > 1)
    ) {
      report(stage.image, { params: { image: image.text }, ...inStage(stage) });
    }
  },
  { benchmarks: ['CIS Docker 4.3', 'NIST 800-190 4.1.2'], references: ['https://docs.docker.com/build/building/base-images/'] },
);

const FULL =
  /^(?:library\/)?(?:ubuntu|debian|centos|fedora|rockylinux|almalinux|amazonlinux|opensuse\/.*|archlinux|node|python|ruby|golang|openjdk|maven|gradle|rust|php|gcc|buildpack-deps)$/;

function runsOf(document: Dockerfile, stage: Stage): boolean {
  return [...runs(document)].some((placed) => placed.stage === stage);
}

const dockerSocket = rule(
  'docker-socket-volume',
  'high',
  [],
  (document, report) => {
    for (const { instruction, stage } of each(document, 'VOLUME')) {
      const word = instruction.words.find(({ text }) => SENSITIVE.test(unquoted(text)));
      if (word) report(word, { params: { path: unquoted(word.text) }, ...inStage(stage) });
    }
  },
  { benchmarks: ['CIS Docker 5.32'], references: [`${REFERENCE}#volume`] },
);
const SENSITIVE = /^(?:\/var)?\/run\/docker\.sock$|^\/(?:etc|proc|sys|dev|boot)(?:\/|$)|^\/$/;

/** RUN with all privileges of the builder's host, or on its network. */
const insecureRun = rule(
  'run-with-host-rights',
  'medium',
  [],
  (document, report) => {
    for (const { instruction, stage } of each(document, 'RUN')) {
      const flag = flagOf(instruction);
      if (flag) report(flag, { params: { option: `--${flag.name}=${flag.value}` }, ...inStage(stage) });
    }
  },
  { references: [`${REFERENCE}#run---security`] },
);

function flagOf(instruction: Instruction) {
  return instruction.flags.find(
    (flag) => (flag.name === 'security' && flag.value === 'insecure') || (flag.name === 'network' && flag.value === 'host'),
  );
}

export const hardeningRules: readonly DockerfileRule[] = [
  setuid,
  openMode,
  writableCode,
  secretFile,
  secretKept,
  remoteLogin,
  password,
  sudoers,
  buildTools,
  packageManager,
  dockerSocket,
  insecureRun,
];

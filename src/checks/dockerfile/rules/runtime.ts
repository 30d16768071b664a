import type { Instruction, Stage } from '../document.ts';
import { BEST_PRACTICES, type DockerfileRule, each, inherited, inStage, REFERENCE, rule, unquoted, walk } from './kit.ts';

function repeated(
  name: string,
  ids: readonly string[],
  keyword: 'CMD' | 'ENTRYPOINT' | 'HEALTHCHECK',
  severity: 'high' | 'medium',
): DockerfileRule {
  return rule(name, severity, [...ids, 'MultipleInstructionsDisallowed'], (document, report) => {
    for (const stage of document.stages) {
      const all = stage.instructions.filter((instruction) => instruction.keyword === keyword);
      // The last one counts, the others have no effect.
      for (const instruction of all.slice(0, -1)) report(instruction, inStage(stage));
    }
  });
}

const multipleCmd = repeated('multiple-cmd', ['DL4003', 'DS-0016'], 'CMD', 'medium');
const multipleEntrypoint = repeated('multiple-entrypoint', ['DL4004', 'DS-0007'], 'ENTRYPOINT', 'high');
const multipleHealthcheck = repeated('multiple-healthcheck', ['DL3012', 'DS-0023'], 'HEALTHCHECK', 'high');

/** The user that a stage ends with, as far as this file tells. */
function lastUser(stage: Stage): Instruction | undefined {
  return inherited(stage).findLast((instruction) => instruction.keyword === 'USER');
}

function isRoot(user: string): boolean {
  const name = unquoted(user).split(':')[0]!;
  return name === 'root' || /^0+$/.test(name);
}

/** A `USER root` that nothing takes back, in any stage: who builds on the stage is root. */
const lastUserRoot = rule(
  'last-user-root',
  'medium',
  ['DL3002', 'DS-0002', 'CIS-DI-0001'],
  (document, report) => {
    for (const stage of document.stages) {
      const own = stage.instructions.filter((instruction) => instruction.keyword === 'USER').at(-1);
      if (own?.words[0] && isRoot(own.words[0].text))
        report(own, { params: { user: own.words[0].text }, ...inStage(stage), ...(stage.final ? { severity: 'high' } : {}) });
    }
  },
  { benchmarks: ['CIS Docker 4.1', 'NIST 800-190 4.1.3'] },
);

const ROOTLESS = /nonroot|rootless|unprivileged|(?:^|\/)(?:bitnami|chainguard|cgr\.dev)\//;

/** Nothing says who the container runs as, so it is whoever the base image says: root for nearly all of them. */
const noUser = rule(
  'no-user',
  'medium',
  ['DS-0002', 'CIS-DI-0001'],
  (document, report) => {
    const stage = document.stages.at(-1);
    if (!stage || lastUser(stage)) return;
    const image = stage.resolved;
    if (image && (ROOTLESS.test(image.text) || image.registry === 'cgr.dev')) return;
    report(stage.from, { params: { image: stage.image?.text ?? '' }, ...inStage(stage) });
  },
  { benchmarks: ['CIS Docker 4.1', 'NIST 800-190 4.1.3'], references: [`${BEST_PRACTICES}#user`] },
);

/** Kubernetes' runAsNonRoot cannot check a name. */
const namedUser = rule('user-not-numeric', 'low', ['DL3066'], (document, report) => {
  const declared = new Set<string>();
  for (const { instruction, stage } of walk(document)) {
    if (instruction.keyword === 'ARG') for (const pair of instruction.pairs) declared.add(pair.key.text);
    if (instruction.keyword !== 'USER') continue;
    const user = instruction.words[0]?.text ?? '';
    const name = unquoted(user).split(':')[0]!;
    if (/^\d*$/.test(name)) continue;
    if ([...declared].some((variable) => user.includes(`\${${variable}}`) || user.includes(`$${variable}`))) continue;
    report(instruction, { params: { user: name }, ...inStage(stage) });
  }
});

/** Ports over which hosts and containers are managed or debugged. */
const MANAGEMENT: Readonly<Record<string, string>> = {
  22: 'SSH',
  23: 'Telnet',
  111: 'rpcbind',
  135: 'MS-RPC',
  137: 'NetBIOS',
  139: 'NetBIOS',
  445: 'SMB',
  512: 'rexec',
  513: 'rlogin',
  514: 'rsh',
  873: 'rsync',
  1099: 'Java RMI',
  2375: 'Docker API',
  2376: 'Docker API',
  2377: 'Docker Swarm',
  2379: 'etcd',
  3389: 'RDP',
  4848: 'GlassFish admin',
  5005: 'Java debugger',
  5800: 'VNC',
  5900: 'VNC',
  5901: 'VNC',
  5985: 'WinRM',
  5986: 'WinRM',
  6443: 'Kubernetes API',
  9229: 'Node.js inspector',
  10250: 'kubelet',
};

interface Port {
  readonly first: number;
  readonly last: number;
  readonly protocol: string;
  readonly host: boolean;
}

/** `[ip:][host:]port[-port][/proto]`; undefined where a variable is in it or it is none. */
function readPort(text: string): Port | undefined {
  const match = /^(?:(.*):)?(\d+)(?:-(\d+))?(?:\/([A-Za-z]*))?$/.exec(unquoted(text.slice(0, 100)));
  if (!match) return undefined;
  return { first: Number(match[2]), last: Number(match[3] ?? match[2]), protocol: match[4] ?? 'tcp', host: match[1] !== undefined };
}

const managementPort = rule(
  'management-port',
  'medium',
  ['DS-0004'],
  (document, report) => {
    for (const { instruction, stage } of each(document, 'EXPOSE')) {
      for (const word of instruction.words) {
        const port = readPort(word.text);
        const met =
          port &&
          Object.keys(MANAGEMENT).find(
            (number) => Number(number) >= port.first && Number(number) <= port.last && port.last - port.first < 1000,
          );
        if (met)
          report(word, {
            params: { port: met, service: MANAGEMENT[met]! },
            ...inStage(stage),
            ...(REMOTE.has(met) ? { severity: 'high' } : {}),
          });
      }
    }
  },
  { benchmarks: ['CIS Docker 5.7', 'NIST 800-190 4.4.1'], references: [`${REFERENCE}#expose`] },
);
const REMOTE = new Set(['22', '23', '2375', '3389', '512', '513', '514']);

const portRange = rule('port-out-of-range', 'high', ['DL3011', 'DS-0008'], (document, report) => {
  for (const { instruction, stage } of each(document, 'EXPOSE')) {
    for (const word of instruction.words) {
      const port = readPort(word.text);
      if (port && (port.first > 65535 || port.last > 65535)) report(word, { params: { port: word.text }, ...inStage(stage) });
    }
  }
});

const protocolCasing = rule('expose-protocol-casing', 'low', ['ExposeProtoCasing'], (document, report) => {
  for (const { instruction, stage, triggered } of each(document, 'EXPOSE')) {
    for (const word of instruction.words) {
      const protocol = /\/([A-Za-z]+)$/.exec(word.text)?.[1];
      if (!protocol || protocol === protocol.toLowerCase()) continue;
      const start = word.end - protocol.length;
      const fix =
        triggered || document.text.slice(start, word.end) !== protocol
          ? undefined
          : [{ start, end: word.end, text: protocol.toLowerCase() }];
      report(word, { params: { port: word.text }, ...inStage(stage), ...(fix ? { fix } : {}) });
    }
  }
});

const exposeFormat = rule('expose-host-part', 'medium', ['ExposeInvalidFormat'], (document, report) => {
  for (const { instruction, stage } of each(document, 'EXPOSE')) {
    for (const word of instruction.words) if (readPort(word.text)?.host) report(word, { params: { port: word.text }, ...inStage(stage) });
  }
});

const noHealthcheck = rule(
  'no-healthcheck',
  'low',
  ['DL3057', 'DS-0026', 'CIS-DI-0006'],
  (document, report) => {
    const stage = document.stages.at(-1);
    if (!stage) return;
    if (!inherited(stage).some((instruction) => instruction.keyword === 'HEALTHCHECK')) report(stage.from, inStage(stage));
  },
  { benchmarks: ['CIS Docker 4.6'] },
);

const healthcheckOff = rule(
  'healthcheck-none',
  'negligible',
  [],
  (document, report) => {
    for (const { instruction, stage } of each(document, 'HEALTHCHECK')) {
      if (instruction.type?.text.toUpperCase() === 'NONE' && (!stage || stage.final)) report(instruction, inStage(stage));
    }
  },
  { references: [`${REFERENCE}#healthcheck`], benchmarks: ['CIS Docker 4.6'] },
);

export const runtimeRules: readonly DockerfileRule[] = [
  multipleCmd,
  multipleEntrypoint,
  multipleHealthcheck,
  lastUserRoot,
  noUser,
  namedUser,
  managementPort,
  portRange,
  protocolCasing,
  exposeFormat,
  noHealthcheck,
  healthcheckOff,
];

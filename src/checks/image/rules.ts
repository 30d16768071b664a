import type { LayerRef, SeverityLevel } from '../../model/index.ts';
import { accountLines } from '../../util/accounts.ts';
import type { RuleFacts } from '../types.ts';
import type { BuiltImage, LeftFact, ModeFact, Visible } from './types.ts';

/** Where in an image something is wrong. */
export interface ImagePlace {
  /** A path, or a member of the configuration: `config.User`. */
  readonly file: string;
  readonly line?: number;
  readonly layer?: LayerRef | undefined;
  readonly snippet?: string;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly severity?: SeverityLevel;
}

export interface ImageRule extends RuleFacts {
  check(image: BuiltImage, report: (place: ImagePlace) => void): void;
}

const BENCHMARK = 'https://www.cisecurity.org/benchmark/docker';
const NIST = 'https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf';
const BEST = 'https://docs.docker.com/build/building/best-practices/';

const rootUser: ImageRule = {
  id: 'image/root-user',
  aliases: ['CIS-DI-0001', 'DS-0002', 'DL3002'],
  severity: 'high',
  benchmarks: ['CIS Docker 4.1', 'NIST 800-190 4.1.2'],
  references: [BENCHMARK, `${BEST}#user`],
  check({ config }, report) {
    if (!config) return;
    const user = config.config.user ?? '';
    if (/^(?:root|0*)(?::|$)/.test(user))
      report({ file: 'config.User', params: { user: user || 'root' }, snippet: `USER ${user || 'root'}` });
  },
};

/** Ports by which machines are managed, and what listens there. Source: IANA, "Service Name and Transport Protocol Port Number Registry". */
const MANAGEMENT: Readonly<Record<string, string>> = {
  '22': 'SSH',
  '23': 'Telnet',
  '135': 'RPC',
  '445': 'SMB',
  '512': 'rexec',
  '513': 'rlogin',
  '514': 'rsh',
  '2375': 'Docker',
  '2376': 'Docker',
  '3389': 'RDP',
  '5900': 'VNC',
  '5985': 'WinRM',
  '10250': 'kubelet',
};

const managementPort: ImageRule = {
  id: 'image/management-port',
  aliases: ['DS-0004'],
  severity: 'medium',
  benchmarks: ['CIS Docker 5.7', 'NIST 800-190 4.1.2'],
  references: [BENCHMARK, NIST],
  check({ config }, report) {
    for (const exposed of config?.config.exposedPorts ?? []) {
      const [port = '', protocol = 'tcp'] = exposed.split('/');
      const service = MANAGEMENT[port];
      if (service && protocol !== 'udp') report({ file: 'config.ExposedPorts', params: { port, service }, snippet: `EXPOSE ${exposed}` });
    }
  },
};

const noHealthcheck: ImageRule = {
  id: 'image/no-healthcheck',
  aliases: ['CIS-DI-0006', 'DS-0026'],
  severity: 'low',
  benchmarks: ['CIS Docker 4.6'],
  references: ['https://docs.docker.com/reference/dockerfile/#healthcheck'],
  check({ config }, report) {
    if (config && config.config.healthcheck === undefined) report({ file: 'config.Healthcheck' });
  },
};

const latestTag: ImageRule = {
  id: 'image/latest-tag',
  aliases: ['DKL-DI-0006'],
  severity: 'low',
  benchmarks: ['NIST 800-190 4.1.4'],
  references: [BEST],
  check({ target }, report) {
    if (target.kind === 'image' && target.tags?.includes('latest')) report({ file: 'reference', params: { name: target.name } });
  },
};

const SECRET_NAME =
  /(?:^|_)(?:PASSWORDS?|PASSWD|PASSPHRASE|SECRETS?|TOKENS?|CREDENTIALS?|APIKEYS?|(?:API|ACCESS|SECRET|PRIVATE|ENCRYPTION|SIGNING|MASTER)_?KEYS?)(?:_|$)/i;
/** A path, another variable, a switch or a length is no secret, whatever the variable's name. */
const NO_SECRET = /^(?:|\/[\w./-]*|\$.*|true|false|yes|no|on|off|none|null|\d{1,4})$/i;

const secretInEnvironment: ImageRule = {
  id: 'image/secret-in-environment',
  aliases: ['CIS-DI-0010', 'DS-0031'],
  severity: 'high',
  benchmarks: ['CIS Docker 4.10', 'NIST 800-190 4.1.3'],
  references: ['https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/', NIST],
  check({ config }, report) {
    for (const variable of config?.config.env ?? []) {
      const at = variable.indexOf('=');
      const name = variable.slice(0, at < 0 ? undefined : at);
      // _FILE names where the secret is handed in.
      if (at < 0 || !SECRET_NAME.test(name) || /_(?:FILE|PATH|DIR|URL|LENGTH|TTL|EXPIRY|ID)$/i.test(name)) continue;
      if (!NO_SECRET.test(variable.slice(at + 1))) report({ file: 'config.Env', params: { name }, snippet: `ENV ${name}=***` });
    }
  },
};

/** Folders of the system that a volume would hide, or hand to whoever runs the image. */
const SYSTEM = /^\/(?:|bin|boot|dev|etc|lib|lib64|proc|root|run|sbin|sys|usr)\/?$/;

const systemVolume: ImageRule = {
  id: 'image/system-volume',
  aliases: [],
  severity: 'medium',
  references: ['https://docs.docker.com/reference/dockerfile/#volume'],
  check({ config }, report) {
    for (const path of config?.config.volumes ?? []) {
      if (SYSTEM.test(path)) report({ file: 'config.Volumes', params: { path }, snippet: `VOLUME ${path}` });
    }
  },
};

const addInstruction: ImageRule = {
  id: 'image/add-instruction',
  aliases: ['CIS-DI-0009', 'DS-0005', 'DL3020'],
  severity: 'low',
  benchmarks: ['CIS Docker 4.9'],
  references: [`${BEST}#add-or-copy`],
  check({ config }, report) {
    const history = config?.history ?? [];
    for (const [i, { createdBy = '', emptyLayer }] of history.entries()) {
      const instruction = createdBy.replace(/^\/bin\/sh -c #\(nop\)\s+/, '').replace(/\s*# buildkit$/, '');
      // The first one is how base images are made: a whole root file system.
      if (emptyLayer || !/^ADD\s/.test(instruction) || /\s(?:in )?\/\s*$/.test(instruction)) continue;
      report({ file: `history[${i}]`, params: { instruction: instruction.slice(0, 200) }, snippet: instruction });
    }
  },
};

/** Days after which an image has surely missed updates. */
const OLD_DAYS = 180;

const old: ImageRule = {
  id: 'image/old',
  aliases: [],
  severity: 'low',
  benchmarks: ['CIS Docker 4.4', 'NIST 800-190 4.1.1'],
  references: [BEST, NIST],
  check({ config, now }, report) {
    const created = Date.parse(config?.created ?? '');
    const days = Math.floor((now.getTime() - created) / 86_400_000);
    // Builds that are the same whenever they run say 1970, or 1980.
    if (days > OLD_DAYS && new Date(created).getUTCFullYear() > 1990) {
      report({ file: 'created', params: { days, date: new Date(created).toISOString().slice(0, 10) } });
    }
  },
};

/** Programs that distributions give these bits to. Source: the packages' own file lists in Debian, Alpine and Fedora. */
const USUAL =
  /\/(?:su|sudo|sudoedit|mount|umount|passwd|chsh|chfn|chage|gpasswd|newgrp|expiry|unix_chkpwd|pam_timestamp_check|bbsuid|ping|ping6|crontab|wall|write|write\.ul|at|ssh-agent|ssh-keysign|ssh-add|dotlockfile|fusermount3?|pkexec|polkit-agent-helper-1|dbus-daemon-launch-helper|newuidmap|newgidmap|staprun|userhelper|usernetctl|chrome-sandbox|grub2-set-bootflag|plocate|mlocate|utempter|screen|postdrop|postqueue|bsd-write|mount\.nfs|ntfs-3g|doas|run0|locate)$/;

const setuid: ImageRule = {
  id: 'image/setuid',
  aliases: ['CIS-DI-0008'],
  severity: 'medium',
  benchmarks: ['CIS Docker 4.8', 'NIST 800-190 4.1.2'],
  references: [BENCHMARK, 'https://man7.org/linux/man-pages/man7/inode.7.html'],
  check({ modes }, report) {
    for (const fact of modes) {
      if (fact.folder || (fact.mode & 0o6000) === 0 || (fact.mode & 0o111) === 0) continue;
      const bit = (fact.mode & 0o4000) !== 0 ? 'setuid' : 'setgid';
      report({
        ...placeOf(fact),
        params: { path: `/${fact.path}`, bit, mode: octal(fact) },
        ...(USUAL.test(`/${fact.path}`) ? { severity: 'low' } : {}),
      });
    }
  },
};

const worldWritable: ImageRule = {
  id: 'image/world-writable',
  aliases: [],
  severity: 'medium',
  benchmarks: ['NIST 800-190 4.1.2'],
  references: ['https://man7.org/linux/man-pages/man7/inode.7.html'],
  check({ modes }, report) {
    for (const fact of modes) {
      if ((fact.mode & 0o002) === 0 || /^(?:tmp|var\/tmp|run|proc|sys|dev)(?:\/|$)/.test(fact.path)) continue;
      report({ ...placeOf(fact), params: { path: `/${fact.path}`, mode: octal(fact) } });
    }
  },
};

const emptyPassword: ImageRule = {
  id: 'image/empty-password',
  aliases: ['DKL-LI-0001'],
  severity: 'critical',
  references: ['https://man7.org/linux/man-pages/man5/shadow.5.html'],
  check({ accounts }, report) {
    for (const { path, text, layer } of accounts) {
      if (path === 'etc/group') continue;
      for (const { name, password, line } of accountLines(text)) {
        if (password === '') report({ file: path, line, layer, params: { name } });
      }
    }
  },
};

const duplicateId: ImageRule = {
  id: 'image/duplicate-id',
  aliases: ['DKL-LI-0002'],
  severity: 'medium',
  references: ['https://man7.org/linux/man-pages/man5/passwd.5.html'],
  check({ accounts }, report) {
    for (const { path, text, layer } of accounts) {
      if (path === 'etc/shadow') continue;
      const first = new Map<number | string, string>();
      for (const { name, id, line } of accountLines(text)) {
        if (id === undefined) continue;
        const other = first.get(id);
        if (other !== undefined && !(path === 'etc/passwd' && id === 0)) report({ file: path, line, layer, params: { name, other, id } });
        first.set(id, other ?? name);
      }
    }
  },
};

const secondRoot: ImageRule = {
  id: 'image/second-root',
  aliases: [],
  severity: 'high',
  references: ['https://man7.org/linux/man-pages/man5/passwd.5.html'],
  check({ accounts }, report) {
    for (const { path, text, layer } of accounts) {
      if (path !== 'etc/passwd') continue;
      for (const { name, id, line } of accountLines(text))
        if (id === 0 && name !== 'root') report({ file: path, line, layer, params: { name } });
    }
  },
};

const remoteLogin: ImageRule = {
  id: 'image/remote-login-server',
  aliases: [],
  severity: 'medium',
  benchmarks: ['CIS Docker 5.7', 'NIST 800-190 4.1.2'],
  references: [NIST],
  check({ present }, report) {
    for (const { path, layer } of present) report({ file: path, layer, params: { path: `/${path}` } });
  },
};

/** Below this nobody minds: an empty cache's own files. */
const SMALL = 100_000;

const cacheLeft: ImageRule = {
  id: 'image/cache-left',
  aliases: ['DKL-DI-0005', 'DL3009', 'DL3042', 'DL3060'],
  severity: 'low',
  references: [`${BEST}#run`],
  check({ left }, report) {
    for (const [kind, files] of byKind(left, (each) => /-(?:lists|archives|cache)$/.test(each))) {
      const size = files.reduce((sum, each) => sum + each.size, 0);
      const [first] = files;
      if (size < SMALL || !first) continue;
      const folder = first.path.slice(0, first.path.lastIndexOf('/'));
      report({ file: folder, layer: first.layer, params: { kind, files: files.length, megabytes: Number((size / 1e6).toFixed(1)) } });
    }
  },
};

const leftFile: ImageRule = {
  id: 'image/unneeded-file',
  aliases: ['DKL-LI-0003'],
  severity: 'low',
  references: ['https://docs.docker.com/build/concepts/context/#dockerignore-files'],
  check({ left }, report) {
    for (const [kind, files] of byKind(left, (each) => each === 'build-file' || each === 'repository' || each === 'shell-history')) {
      for (const { path, layer } of kind === 'repository' ? repositories(files) : files) {
        report({ file: path, layer, params: { path: `/${path}` }, ...(kind === 'build-file' ? {} : { severity: 'medium' }) });
      }
    }
  },
};

/** Every rule over built images. */
export const IMAGE_RULES: readonly ImageRule[] = [
  rootUser,
  managementPort,
  noHealthcheck,
  latestTag,
  secretInEnvironment,
  systemVolume,
  addInstruction,
  old,
  setuid,
  worldWritable,
  emptyPassword,
  duplicateId,
  secondRoot,
  remoteLogin,
  cacheLeft,
  leftFile,
];

function placeOf({ path, layer }: Visible<ModeFact>): Pick<ImagePlace, 'file' | 'layer'> {
  return { file: path, layer };
}

function octal({ mode }: ModeFact): string {
  return (mode & 0o7777).toString(8).padStart(4, '0');
}

function byKind(left: readonly Visible<LeftFact>[], wanted: (kind: string) => boolean): readonly [string, readonly Visible<LeftFact>[]][] {
  const groups = Map.groupBy(
    left.filter(({ kind }) => wanted(kind)),
    ({ kind }) => kind,
  );
  return [...groups];
}

/** One a repository, by its folder `.git`. */
function repositories(files: readonly Visible<LeftFact>[]): readonly Visible<{ readonly path: string }>[] {
  const folders = new Map<string, Visible<{ readonly path: string }>>();
  for (const { path, layer } of files) {
    const folder = path.slice(0, path.indexOf('.git/') + 4);
    if (!folders.has(folder)) folders.set(folder, { path: folder, ...(layer ? { layer } : {}) });
  }
  return [...folders.values()];
}

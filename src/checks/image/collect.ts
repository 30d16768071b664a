import { withoutHashes } from '../../util/accounts.ts';
import { FILE_CHECKERS, type FileChecker } from '../files/index.ts';
import type { CheckContext } from '../types.ts';
import type { EntryFacts, LayerFacts, LeftFact, ModeFact } from './types.ts';

const SETUID = 0o4000;
const SETGID = 0o2000;
const STICKY = 0o1000;
const WORLD = 0o002;

/** Of one layer that are kept of each kind: a hostile one has no right to fill a report. */
const MAX_FACTS = 5000;
/** Findings of one configuration file. */
const MAX_OF_A_FILE = 100;
/** Bytes of a configuration file that is read. */
export const MAX_TEXT = 1 << 20;

const ACCOUNTS = new Set(['etc/passwd', 'etc/group', 'etc/shadow']);
const PRESENT = new Set(['usr/sbin/sshd', 'sbin/sshd', 'usr/bin/dropbear', 'usr/sbin/dropbear', 'usr/sbin/telnetd', 'usr/sbin/in.telnetd']);
/** Ends of the names of files that some checker may read: asking seventeen patterns of every file of an image costs more than this. */
const ENDS = new Set([
  'conf',
  'cnf',
  'ini',
  'py',
  'yml',
  'yaml',
  'properties',
  'json',
  'config',
  'rb',
  'xml',
  'sample',
  'prod',
  'production',
  'local',
  'docker',
]);
const NAMES = new Set(['sshd_config', 'sudoers', '.env', '.flaskenv', '.htaccess', '.my.cnf']);
const FOLDERS = ['etc/pam.d', 'etc/sudoers.d', 'etc/nginx/sites-enabled'];
/** Where nobody's own configuration lies: documentation, examples, what package managers unpack. */
const ELSEWHERE =
  /(?:^|\/)(?:node_modules|site-packages|dist-packages|vendor|doc|docs|examples?|tests?|testdata|\.git)\/|^usr\/(?:lib|share)\/(?:python|perl|ruby|gems|pam|vim)|\/(?:mods|conf|sites)-available\//;

const LEFT: readonly (readonly [kind: string, path: RegExp])[] = [
  ['apt-lists', /^var\/lib\/apt\/lists\/[^/]*_/],
  ['apt-archives', /^var\/cache\/apt\/(?:archives\/[^/]+\.deb|(?:src)?pkgcache\.bin)$/],
  ['apk-cache', /^(?:var\/cache|etc)\/apk\/(?:cache\/)?(?:APKINDEX\.|[^/]+\.apk$)/],
  ['yum-cache', /^var\/cache\/(?:yum|dnf|libdnf5|zypp)\/.+\.(?:solv|solvx|xml|gz|xz|zst|zck|rpm|sqlite|bz2)$/],
  ['pip-cache', /^(?:root|home\/[^/]+)\/\.cache\/pip\//],
  ['npm-cache', /^(?:root|home\/[^/]+)\/(?:\.npm\/_cacache|\.cache\/(?:yarn|pnpm))\//],
  ['go-cache', /^(?:root|home\/[^/]+)\/(?:\.cache\/go-build|go\/pkg\/mod\/cache)\//],
  ['repository', /(?:^|\/)\.git\/(?:HEAD|config|objects\/pack\/[^/]+\.pack)$/],
  ['shell-history', /^(?:root|home\/[^/]+)\/\.(?:bash|zsh|ash|python|mysql|psql)_history$/],
  ['build-file', /^(?:[^/]+\/)?(?:Dockerfile|docker-compose\.ya?ml|\.dockerignore)$/],
];
/** What every path of LEFT has in it: most paths have nothing of it. */
const LEFT_PART = /var\/|\/\.|etc\/apk\/|ocker|\.git\/|\/go\//;

/** Collects, file by file, what checks of a built image look at. Synchronous; what comes later at a path replaces what came before. */
export class FactCollector {
  readonly #modes = new Map<string, ModeFact>();
  readonly #left = new Map<string, LeftFact>();
  readonly #present = new Set<string>();
  readonly #accounts = new Map<string, string>();
  readonly #files = new Map<string, LayerFacts['files'][number]['findings']>();
  readonly #context: CheckContext;
  #read = 0;

  constructor(context: CheckContext = {}) {
    this.#context = context;
  }

  /** Every entry. Links by name have no mode of their own. */
  entry(path: string, { type, size, mode, uid, gid }: EntryFacts): void {
    const folder = type === 'directory';
    if (type === 'symlink' || type === 'other') {
      this.#modes.delete(path);
    } else if (folder) {
      keep(this.#modes, path, (mode & (WORLD | STICKY)) === WORLD ? { path, mode, uid, gid, folder } : undefined);
    } else {
      keep(this.#modes, path, (mode & (SETUID | SETGID | WORLD)) === 0 ? undefined : { path, mode, uid, gid, folder });
      if (PRESENT.has(path)) this.#present.add(path);
      const kind = size > 0 && LEFT_PART.test(path) && LEFT.find(([, pattern]) => pattern.test(path))?.[0];
      if (kind) keep(this.#left, path, { path, size, kind });
    }
  }

  /** Whether the text of a file is to be handed to `text`. */
  wants(path: string, size: number): boolean {
    return size <= MAX_TEXT && (ACCOUNTS.has(path) || checkerOf(path) !== undefined);
  }

  text(path: string, text: string): void {
    if (ACCOUNTS.has(path)) {
      this.#accounts.set(path, withoutHashes(text));
      return;
    }
    const checker = checkerOf(path);
    if (!checker) return;
    this.#read += 1;
    const findings = checker.check({ path, text }, this.#context);
    keep(this.#files, path, findings.length > 0 ? findings.slice(0, MAX_OF_A_FILE) : undefined);
  }

  facts(): LayerFacts {
    return {
      modes: [...this.#modes.values()],
      left: [...this.#left.values()],
      present: [...this.#present].map((path) => ({ path })),
      accounts: [...this.#accounts].map(([path, text]) => ({ path, text })),
      files: [...this.#files].map(([path, findings]) => ({ path, findings })),
      read: this.#read,
    };
  }
}

function checkerOf(path: string): FileChecker | undefined {
  const slash = path.lastIndexOf('/');
  const name = path.slice(slash + 1);
  const end = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (!ENDS.has(end) && !NAMES.has(name) && !FOLDERS.includes(path.slice(0, slash))) return undefined;
  if (ELSEWHERE.test(path)) return undefined;
  return FILE_CHECKERS.find((checker) => checker.path.test(path));
}

/** Undefined: there is nothing to say of the path any more. */
function keep<T>(facts: Map<string, T>, path: string, fact: T | undefined): void {
  if (fact === undefined) facts.delete(path);
  else if (facts.size < MAX_FACTS || facts.has(path)) facts.set(path, fact);
}

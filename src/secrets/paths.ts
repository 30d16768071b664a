/** A class of files that hold no secrets of those who build the image, or none that can be told from noise; found by path alone. */
interface PathClassFacts {
  /** Tried on the folder with a slash at each end: `/usr/lib/`. */
  readonly folders?: RegExp;
  /** Tried on the last component, in lower case. */
  readonly names?: RegExp;
}

/** Ids are what settings and reports use; the first that fits is the one that is counted. */
const CLASSES = {
  'node-modules': { folders: /\/(?:node_modules|bower_components|\.yarn\/(?:cache|releases|plugins)|\.pnpm-store|jspm_packages)\// },
  'python-libraries': {
    folders: /\/(?:site-packages|dist-packages)\/|\/(?:lib|lib64)\/(?:python|pypy)[\d.]+\/|\.(?:dist|egg)-info\/|\/__pycache__\//,
  },
  'ruby-libraries': {
    folders: /\/(?:gems|bundler)\/(?:[\d.]+\/)?(?:gems|extensions|specifications|doc|cache)\/|\/lib\/ruby\/|^\/usr\/lib\/gems\//,
  },
  'language-runtimes': {
    folders:
      /^\/(?:usr\/local\/go|usr\/local\/rustup|usr\/local\/lib\/php|usr\/local\/include|opt\/yarn-v[\d.]+|usr\/lib\/(?:jvm|go)[^/]*|opt\/(?:java|jdk|jre|openjdk)[^/]*|opt\/rustup)\/|\/go\/pkg\/mod\/|\/\.?cargo\/registry\/|\/\.rustup\/|\/\.m2\/repository\/|\/\.gradle\/caches\/|\/\.nuget\/packages\//,
  },
  'system-libraries': { folders: /^\/(?:usr\/(?:lib|lib32|lib64|libx32|libexec|include|src)|lib|lib32|lib64|libx32)\// },
  'system-data': { folders: /^\/usr\/share\/(?!nginx\/|tomcat|webapps\/|elasticsearch\/|kibana\/|logstash\/|grafana\/conf|keycloak)/ },
  'package-databases': {
    folders:
      /^\/(?:var\/lib\/(?:dpkg|apt|rpm|pacman|yum|dnf|portage)|lib\/apk|etc\/apk\/keys|usr\/lib\/(?:apk|rpm)|var\/cache|proc|sys|dev)\//,
  },
  'vendored': { folders: /\/(?:vendor|vendors|third[_-]party|external_libs)\// },
  'tests': {
    folders: /\/(?:tests?|testing|testdata|test[-_](?:data|files|fixtures|resources)|__tests__|__mocks__|fixtures|specs?|e2e)\//i,
    names: /^(?:test_.*\.py|.*(?:[._-]test|[._-]spec|_tests?)\.[a-z]{1,4})$/,
  },
  'locales': { folders: /\/(?:locales?|i18n|lc_messages|translations)\//i, names: /\.(?:po|pot|mo|gmo|qm)$/ },
  'man-pages': { folders: /\/man\/(?:[a-z]{2}(?:[_.][\w.-]+)?\/)?man\dx?\// },
  'markdown': { names: /\.(?:md|markdown|mdx|mdown|rst|adoc)$/ },
  'images': {
    names: /\.(?:jpe?g|png|gif|svgz?|ico|webp|bmp|tiff?|avif|psd|mp[34]|m4[av]|webm|og[gv]|wav|flac|avi|mov|pdf|docx?|xlsx?|pptx?)$/,
  },
  'fonts': { names: /\.(?:ttf|otf|woff2?|eot|pf[ab]|afm|pcf(?:\.gz)?)$/ },
  'archives': { names: /\.(?:zip|t?gz|gzip|bz2|t?xz|zst|lz4?|7z|rar|tar|deb|rpm|apk|jar|war|ear|whl|gem|nupkg|crate|iso|img|cab|br)$/ },
  'programs': {
    names:
      /\.(?:so(?:\.[\d.]+)?|a|o|l?la|ko|exe|dll|dylib|pyc|pyo|pyd|class|node|wasm|bin|elc|beam|rlib|rmeta|socket|dat|db|sqlite3?|pack|idx|pickle|pkl|npy|npz|h5|onnx|pb|parquet)$/,
  },
  'minified': { names: /(?:[.-]min\.(?:js|mjs|cjs|css)|\.(?:js|mjs|cjs|css|ts)\.map|\.bundle\.js)$/ },
  'lock-files': {
    names:
      /^(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|pipfile\.lock|poetry\.lock|uv\.lock|pdm\.lock|gemfile\.lock|composer\.lock|cargo\.lock|go\.(?:sum|mod|work\.sum)|mix\.lock|pubspec\.lock|podfile\.lock|gradle\.lockfile|packages\.lock\.json|deno\.lock|bun\.lockb?|flake\.lock)$/,
  },
  'examples': { folders: /example/, names: /example/ },
  'wordpress': { folders: /^\/usr\/src\/wordpress\// },
  'git-folders': { folders: /\/\.git\// },
  'logs': {
    folders: /^\/var\/log\/(?:anaconda|apt|dpkg|journal|installer)\//,
    names: /^(?:dpkg|apt|yum|dnf|alternatives|bootstrap)\.log$/,
  },
} satisfies Readonly<Record<string, PathClassFacts>>;

export type PathClass = keyof typeof CLASSES;

/** `binary` is told by a file's bytes, `small` by its size (under eight bytes there is no secret). */
export type SkipClass = PathClass | 'binary' | 'small';

export const SKIP_CLASSES: readonly SkipClass[] = [...(Object.keys(CLASSES) as PathClass[]), 'binary', 'small'];

/** Read where nothing else is asked for: application files, configuration, histories, homes. */
const READ_BY_DEFAULT: readonly SkipClass[] = ['examples', 'wordpress', 'git-folders', 'logs'];

/** Not among what Trivy leaves out. */
const NOT_TRIVYS: readonly SkipClass[] = ['package-databases', 'minified', 'fonts', 'programs'];

/**
 * Sets of classes with a name: `default`; `trivy`, as near as classes come to what Trivy 0.6x leaves out by default, for comparisons of speed;
 * `binary`, every text wherever it is; `none`, every byte.
 */
export const SKIP_PRESETS: Readonly<Record<'default' | 'trivy' | 'binary' | 'none', readonly SkipClass[]>> = {
  default: SKIP_CLASSES.filter((one) => !READ_BY_DEFAULT.includes(one)),
  trivy: SKIP_CLASSES.filter((one) => !NOT_TRIVYS.includes(one)),
  binary: ['binary', 'small'],
  none: [],
};

/** Files that are there for credentials are read wherever they lie. */
const ALWAYS =
  /^(?:\.npmrc|\.yarnrc(?:\.yml)?|\.pypirc|[._]netrc|\.pgpass|pgpass\.conf|\.git-credentials|\.dockercfg|\.dockerconfigjson|\.env(?:\.(?!example|sample|template|dist)[\w.-]+)?|kubeconfig|\.htpasswd|.*\.tfstate|.*\.(?:ppk|p12|pfx|jks|keystore))$/;

/** Answers for one path after the other; what a folder is, is kept for the next path in it. */
export function pathClassifier(skips: readonly SkipClass[]): (path: string, size: number) => SkipClass | undefined {
  const wanted = (Object.entries(CLASSES) as [PathClass, PathClassFacts][]).filter(([id]) => skips.includes(id));
  const byFolder = wanted.flatMap(([id, { folders }]) => (folders === undefined ? [] : [{ id, folders }]));
  const byName = wanted.flatMap(([id, { names }]) => (names === undefined ? [] : [{ id, names }]));
  const small = skips.includes('small');
  let lastFolder: string | undefined;
  let lastClass: PathClass | undefined;

  return (path, size) => {
    if (small && size < 8) return 'small';
    const slash = path.lastIndexOf('/');
    const name = path.slice(slash + 1).toLowerCase();
    if (ALWAYS.test(name)) return undefined;
    const folder = path.slice(0, slash + 1);
    if (folder !== lastFolder) {
      lastFolder = folder;
      const whole = folder.startsWith('/') ? folder : `/${folder}`;
      lastClass = byFolder.find(({ folders }) => folders.test(whole))?.id;
    }
    return lastClass ?? byName.find(({ names }) => names.test(name))?.id;
  };
}

/** Words of the command line of `plimsoll secrets` and `plimsoll fs`. */
export const cliSecretsEn = {
  'secrets.description': 'Find passwords, keys and tokens that were left in an image, a folder, an archive or a text',
  'secrets.target':
    'an image, as for scan; a folder; an archive (tar, tar.gz, zip); any one file; - for an archive or a text on standard input',
  'secrets.write-baseline': 'write what is found into a file of known secrets, for --baseline; nothing secret is in it',
  'secrets.baseline-written': 'Known secrets written to {file}: {count}',
  'secrets.example.image': 'everything in an image, its configuration and its history',
  'secrets.example.folder': 'the working folder',
  'secrets.example.stdin': 'what another program writes',
  'secrets.example.write-baseline': 'take what is there for known',
  'secrets.example.baseline': 'for a pipeline: exit code 1 on any secret that is not known yet',
  'secrets.example.skip': 'tests and Markdown too',
  'fs.description': 'Scan a folder or a file of this machine, as scan does it',
  'fs.path': 'the folder or file; never taken for an image of a registry',
  'fs.example.secret': 'secrets only, as plimsoll secrets .',
  'fs.example.json': "the JSON report of plimsoll; fs is Trivy's word, and its --format json writes Trivy's form",
  'fs.example.both': 'vulnerabilities and secrets, with exit code 1 on anything high or worse',
  'setting.secrets-where':
    'any-layer: secrets that an upper layer deletes or replaces too, since whoever pulls the image has them; final: only what is left at the end',
  'setting.secrets-skip':
    'classes of files to leave out (see docs/secrets.md), or a set of them: default, trivy, binary, none; -class takes one out of the default',
  'setting.secrets-rules':
    'files with rules of your own: YAML, beside the built-in ones; or TOML of gitleaks, in their place unless it says useDefault',
  'setting.secrets-baseline': 'file of known secrets, made by --write-baseline: they are shown and not counted',
  'setting.secrets-verify':
    'ask the services whose secrets were found whether they still take them, which sends each secret to its service; never with --offline',
  'setting.secrets-verify-endpoints': "address to ask instead of a service's own, or off: gitlab=https://git.example.com/api/v4",
  'setting.secrets-key':
    'key of the hashes that baselines and caches know secrets by, 16 characters or more, for teams that share them; by default one of this user',
} as const;

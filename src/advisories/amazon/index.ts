import { isNamed, readAll, readJson } from '../feed-files.ts';
import { takeErratum } from '../rpm-errata.ts';
import type { AdvisorySource, RecordSink } from '../types.ts';
import { readUpdateinfo, type Update } from '../updateinfo.ts';
import { amazonErratum } from './schema.ts';

/** `amazon/2/extras/php8.0/updateinfo.xml.gz`: release and repository are told by the folder. */
const UPDATEINFO = /(?:^|\/)amazon\/(\d+)\/([a-z][\w-]*)(?:\/[\w.+-]+)?\/updateinfo\.xml(?:\.gz|\.zst)?$/;

/** Amazon Linux security advisories (ALAS) of Amazon Linux 1, 2 with its extras, 2022 and 2023: binary packages by architecture. */
export const amazon: AdvisorySource = {
  id: 'amazon',
  title: 'Amazon Linux security advisories',
  licence: 'public advisories, none stated',
  homepage: 'https://alas.aws.amazon.com',
  kind: 'advisories',
  claims: (fileName) => isNamed(fileName, /^amazon$/),
  parse: async (file, sink) => {
    const [, release, repo = ''] = UPDATEINFO.exec(file.name) ?? [];
    if (release === undefined) return readJson(file, sink, (value) => take(value, sink));
    const document = (await readAll(file)).toString('utf8');
    let updates = 0;
    const wrong = readUpdateinfo(document, (update) => {
      updates += 1;
      take(asJson(update, release, repo), sink);
    });
    if (wrong !== undefined) throw new Error(`not updateinfo: ${wrong}`);
    // A topic that was opened lately.
    if (updates === 0) sink.leftOut('no updates', `${release}/${repo}`);
  },
};

function take(value: unknown, sink: RecordSink): void {
  const found = amazonErratum(value, sink);
  if (found !== undefined) takeErratum(found, sink);
}

/** An update as those are written who put the same data into JSON. */
function asJson(update: Update, release: string, repo: string): object {
  return {
    ID: update.id,
    Severity: update.severity,
    Issued: { Date: update.issued },
    Updated: { Date: update.updated },
    References: { Reference: update.references.map(({ type, id }) => ({ Type: type, ID: id })) },
    release,
    repo,
    packages: update.packages.map(({ name, evr, arches }) => ({ name, evr, arch: arches })),
  };
}

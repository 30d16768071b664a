import { fields, strings } from '../../util/fields.ts';
import { isNamed, readJson } from '../feed-files.ts';
import type { AdvisorySource, RecordSink } from '../types.ts';

/**
 * Red Hat's map of repositories to CPEs: images name the repositories (content sets) that they were built from, advisories
 * name products. Source: Red Hat, "repository-to-cpe.json", https://security.access.redhat.com/data/metrics.
 */
export const redhatRepositoryToCpe: AdvisorySource = {
  id: 'redhat-repository-to-cpe',
  title: 'Red Hat repositories and their products',
  licence: 'CC-BY-4.0',
  homepage: 'https://security.access.redhat.com/data/metrics/repository-to-cpe.json',
  kind: 'products',
  claims: (fileName) => isNamed(fileName, /^(redhat-)?repository-to-cpe$/),
  parse: (file, sink) => readJson(file, sink, (value) => takeMap(value, sink)),
};

const MAX_NAME = 512;
const CPE = /^cpe:\/[aoh]:redhat:([a-z0-9_.~:-]+)$/i;

function takeMap(value: unknown, sink: RecordSink): void {
  const entries = Object.entries(fields(fields(value).data));
  if (entries.length === 0) sink.problem('not a map of repositories', '?');
  for (const [repository, entry] of entries) {
    const products = strings(fields(entry).cpes).flatMap((cpe) => CPE.exec(cpe)?.[1] ?? []);
    if (products.length === 0 || repository.length > MAX_NAME) sink.problem('a repository without products', repository.slice(0, 80));
    else sink.repository({ repository, products: [...new Set(products)].sort() });
  }
}

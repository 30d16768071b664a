import { fields, strings } from '../../util/fields.ts';
import { isKeyText } from '../osv-record.ts';
import type { RecordSink } from '../types.ts';

/** One file of Alpine's secdb: a repository of one branch. Source: https://secdb.alpinelinux.org. */
export interface SecDb {
  /** `v3.20` or `edge`. */
  readonly branch: string;
  readonly packages: readonly {
    readonly name: string;
    readonly fixes: readonly { readonly version: string; readonly ids: readonly string[] }[];
  }[];
}

/** Undefined, and counted, where the document is not a secdb. `v3.3/community.json` has no package, and is a whole one. */
export function secDb(value: unknown, sink: Pick<RecordSink, 'problem' | 'leftOut'>): SecDb | undefined {
  const raw = fields(value);
  const branch = raw.distroversion;
  const packages = raw.packages;
  if (typeof branch !== 'string' || !/^(v\d+\.\d+|edge)$/.test(branch) || !Array.isArray(packages)) {
    sink.problem('not a secdb document', String(branch).slice(0, 80));
    return undefined;
  }
  if (packages.length === 0) sink.leftOut('no packages', branch);
  return {
    branch,
    packages: packages.flatMap((item) => {
      const pkg = fields(fields(item).pkg);
      const name = pkg.name;
      if (typeof name !== 'string' || !isKeyText(name)) {
        sink.problem('names no package', branch);
        return [];
      }
      return [{ name, fixes: Object.entries(fields(pkg.secfixes)).map(([version, ids]) => ({ version, ids: strings(ids) })) }];
    }),
  };
}

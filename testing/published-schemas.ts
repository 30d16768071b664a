import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv, type ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';

// The schemas that others publish, out of packages that carry them: nothing of them is copied into this repository.

const require = createRequire(import.meta.url);

function readJson(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** What a SARIF log has that the schema of SARIF 2.1.0 does not allow; null where it is valid. */
export const sarifErrors = lazily(() => {
  const path = join(dirname(require.resolve('@microsoft/jest-sarif/package.json')), 'lib/schemas/sarif-2.1.0-rtm.5.json');
  // Written in draft 4, of which it uses nothing that draft 7 reads in another way but the name of `$id`.
  const { $schema: _draft, id: _id, ...schema } = readJson(path);
  return checker().compile(schema);
});

/** The same of a CycloneDX 1.6 document. */
export const cyclonedxErrors = lazily(() => {
  const folder = join(dirname(require.resolve('@cyclonedx/cyclonedx-library/package.json')), 'res/schema');
  const ajv = checker();
  for (const name of ['spdx', 'jsf-0.82']) {
    const file = `${name}.SNAPSHOT.schema.json`;
    const { $id: _id, ...schema } = readJson(join(folder, file));
    ajv.addSchema(schema, `http://cyclonedx.org/schema/${file}`);
  }
  return ajv.compile(readJson(join(folder, 'bom-1.6.SNAPSHOT.schema.json')));
});

function checker(): Ajv {
  // One of SARIF's patterns is none by the stricter rules of Unicode expressions.
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  ajv.addFormat('iri-reference', true).addFormat('idn-email', true);
  return ajv;
}

function lazily(compile: () => ReturnType<Ajv['compile']>): (document: unknown) => readonly ErrorObject[] | null {
  let validate: ReturnType<Ajv['compile']> | undefined;
  return (document) => {
    validate ??= compile();
    return validate(document) ? null : (validate.errors ?? []);
  };
}

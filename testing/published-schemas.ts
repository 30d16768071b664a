import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv, type ErrorObject } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

// The schemas that others publish: out of packages that carry them where there are such, else from testdata, which names the source of each.

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

const CYCLONEDX = join(dirname(require.resolve('@cyclonedx/cyclonedx-library/package.json')), 'res/schema');

/** The same of a CycloneDX document, by its version. */
export const cyclonedxErrors = byVersion((version) => {
  const ajv = checker();
  for (const name of ['spdx', 'jsf-0.82']) {
    const file = `${name}.SNAPSHOT.schema.json`;
    const { $id: _id, ...schema } = readJson(join(CYCLONEDX, file));
    ajv.addSchema(schema, `http://cyclonedx.org/schema/${file}`);
  }
  return ajv.compile(readJson(join(CYCLONEDX, `bom-${version}.SNAPSHOT.schema.json`)));
}, '1.6');

/** What a CycloneDX document in XML has that the XSD of its version does not allow; undefined where it is valid. */
export function cyclonedxXmlErrors(document: string, version: string): Promise<string | undefined> {
  return xmlErrors(document, join(CYCLONEDX, `bom-${version}.SNAPSHOT.xsd`));
}

/** What an XML document has that the form of JUnit's files does not allow; undefined where it is valid. */
export function junitErrors(document: string): Promise<string | undefined> {
  return xmlErrors(document, reportFile('junit/testdata/junit-10.xsd'));
}

async function xmlErrors(document: string, file: string): Promise<string | undefined> {
  const { XmlDocument, XsdValidator } = await import('libxml2-wasm');
  const { xmlRegisterFsInputProviders } = await import('libxml2-wasm/lib/nodejs.mjs');
  // Schemas import others, which stand beside them.
  xmlRegisterFsInputProviders();
  using schema = XmlDocument.fromBuffer(readFileSync(file), { url: file });
  using validator = XsdValidator.fromDoc(schema);
  try {
    using parsed = XmlDocument.fromString(document);
    validator.validate(parsed);
    return undefined;
  } catch (error) {
    return String(error);
  }
}

/** The same of an SPDX document as JSON, by its version. */
export const spdxErrors = byVersion((version) => {
  const schema = readJson(join(import.meta.dirname, `testdata/spdx/spdx-schema-v${version}.json`));
  const dialect = String(schema.$schema);
  if (dialect.includes('2020-12')) return checker(new Ajv2020(OPTIONS)).compile(schema);
  return checker(dialect.includes('2019-09') ? new Ajv2019(OPTIONS) : new Ajv(OPTIONS)).compile(schema);
}, '2.3');

/** The same of GitLab's security reports, 15.2.1, by their kind: `sast`. */
export const gitlabErrors = byVersion((kind) => {
  const schema = ofReport('gitlab-security/testdata/container-scanning-report-format.json') as unknown as SecurityReportSchema;
  const other = ofReport('gitlab-security/testdata/other-kinds.json')[kind] as { scan: readonly string[]; properties: object } | undefined;
  const { scan, vulnerabilities } = schema.properties;
  if (other) {
    scan.properties.type.enum = other.scan;
    vulnerabilities.items.properties = { ...vulnerabilities.items.properties, ...other.properties };
  }
  return checker().compile(schema);
}, 'container-scanning');

/** Where the kinds differ. */
interface SecurityReportSchema {
  readonly properties: {
    readonly scan: { readonly properties: { readonly type: { enum: readonly string[] } } };
    readonly vulnerabilities: { readonly items: { properties: object } };
  };
}

/** The same of GitLab's code quality reports, whose schema is that of an entry. */
export const codeQualityErrors = lazily(() =>
  checker().compile({ type: 'array', items: ofReport('gitlab-codequality/testdata/codeclimate.json') }),
);

/** The same of one request to AWS Security Hub's BatchImportFindings. */
export const securityHubErrors = lazily(() => checker().compile(ofReport('asff/testdata/batch-import-findings.json')));

function ofReport(path: string): Record<string, unknown> {
  return readJson(reportFile(path));
}

function reportFile(path: string): string {
  return fileURLToPath(new URL(`../src/report/${path}`, import.meta.url));
}

/** One of SARIF's patterns is none by the stricter rules of Unicode expressions. */
const OPTIONS = { strict: false, allErrors: true, unicodeRegExp: false };

function checker(ajv: Ajv | Ajv2019 | Ajv2020 = new Ajv(OPTIONS)): Ajv | Ajv2019 | Ajv2020 {
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

/** What a document has that the schema of this version does not allow; null where it is valid. */
function byVersion(
  compile: (version: string) => ReturnType<Ajv['compile']>,
  newest: string,
): (document: unknown, version?: string) => readonly ErrorObject[] | null {
  const known = new Map<string, ReturnType<typeof lazily>>();
  return (document, version = newest) => {
    const validate = known.get(version) ?? lazily(() => compile(version));
    known.set(version, validate);
    return validate(document);
  };
}

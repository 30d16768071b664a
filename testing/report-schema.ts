import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** What schema/report.json is. */
export interface SchemaPart {
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaPart>>;
}

export const reportSchema: SchemaPart & { readonly $defs: Readonly<Record<string, SchemaPart>> } = JSON.parse(
  readFileSync(new URL('../schema/report.json', import.meta.url), 'utf8'),
);

const ajv = new Ajv2020({ strict: true, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(reportSchema);
const validateAll = ajv.compile(JSON.parse(readFileSync(new URL('../schema/reports.json', import.meta.url), 'utf8')));

/** What a JSON report has that its published schema does not allow; null where it is valid. */
export function schemaErrors(report: unknown): readonly ErrorObject[] | null {
  return validate(report) ? null : (validate.errors ?? []);
}

/** The same of the reports of all platforms. */
export function reportsSchemaErrors(reports: unknown): readonly ErrorObject[] | null {
  return validateAll(reports) ? null : (validateAll.errors ?? []);
}

/** The same of either, or of a comparison. */
export function reportSchemaErrorsOf(document: unknown): readonly ErrorObject[] | null {
  if (typeof document === 'object' && document !== null && 'to' in document) return comparisonSchemaErrors(document);
  return typeof document === 'object' && document !== null && 'reports' in document
    ? reportsSchemaErrors(document)
    : schemaErrors(document);
}

const validateLint = ajv.compile(JSON.parse(readFileSync(new URL('../schema/lint.json', import.meta.url), 'utf8')));

/** The same of what `plimsoll lint` writes. */
export function lintSchemaErrors(document: unknown): readonly ErrorObject[] | null {
  return validateLint(document) ? null : (validateLint.errors ?? []);
}

const validateComparison = ajv.compile(JSON.parse(readFileSync(new URL('../schema/compare.json', import.meta.url), 'utf8')));

/** The same of what `plimsoll compare` writes. */
export function comparisonSchemaErrors(document: unknown): readonly ErrorObject[] | null {
  return validateComparison(document) ? null : (validateComparison.errors ?? []);
}

const validatePlan = ajv.compile(JSON.parse(readFileSync(new URL('../schema/recommend.json', import.meta.url), 'utf8')));

/** The same of what `plimsoll recommend` writes. */
export function planSchemaErrors(document: unknown): readonly ErrorObject[] | null {
  return validatePlan(document) ? null : (validatePlan.errors ?? []);
}

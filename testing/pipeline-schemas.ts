import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

// The schemas of pipelines' files that their services publish; testdata/SOURCES.md names them. Empty where a text is valid.

const TESTDATA = join(import.meta.dirname, '../test/pipelines/testdata');
const compiled = new Map<string, ReturnType<Ajv['compile']>>();

export function problemsOfAzure(text: string): readonly string[] {
  // In Azure's YAML every scalar is a text.
  return problems('azure-pipelines', parse(text, { schema: 'failsafe' }));
}

export function problemsOfCircleCi(text: string): readonly string[] {
  return problems('circleci', parse(text));
}

/** Of the JSON that testing/jenkins/ast.groovy makes of a Jenkinsfile. */
export function problemsOfJenkins(document: unknown): readonly string[] {
  return problems('jenkins-declarative', document);
}

function problems(name: string, document: unknown): readonly string[] {
  const validate = compiled.get(name) ?? compile(name);
  compiled.set(name, validate);
  return validate(document) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function compile(name: string): ReturnType<Ajv['compile']> {
  const schema: Record<string, unknown> = JSON.parse(gunzipSync(readFileSync(join(TESTDATA, `${name}.json.gz`))).toString());
  // Patterns of Microsoft's are none by the stricter rules of Unicode expressions.
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, logger: false });
  addFormats.default(ajv);
  const { $id: _id, ...rest } = schema;
  return ajv.compile(rest);
}

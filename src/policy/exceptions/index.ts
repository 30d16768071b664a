import { basename } from 'node:path/posix';
import { demand } from './expiry.ts';
import { parseGrype } from './parse-grype.ts';
import { parseOwn } from './parse-own.ts';
import { parseSnyk } from './parse-snyk.ts';
import { parseTrivyIgnore, parseTrivyYaml } from './parse-trivy.ts';
import type { Demands, ExceptionFile } from './types.ts';

/**
 * The exceptions of a file, whose syntax its name tells: `.trivyignore` and what ends so, `.trivyignore.yaml`,
 * `.grype.yaml`, `.snyk`; everything else is our own. Pure. Throws a coded usage error for what is malformed, or lacks what `demands` asks for.
 */
export function parseExceptions(file: string, text: string, demands: Demands): ExceptionFile {
  const parsed = parse(file, text);
  for (const rule of parsed.rules) demand(rule, demands);
  return parsed;
}

function parse(file: string, text: string): ExceptionFile {
  const name = basename(file.replaceAll('\\', '/')).toLowerCase();
  if (/trivyignore\.ya?ml$/.test(name)) return parseTrivyYaml(file, text);
  if (name.endsWith('trivyignore')) return parseTrivyIgnore(file, text);
  if (/grype\.ya?ml$/.test(name)) return parseGrype(file, text);
  if (name.endsWith('.snyk')) return parseSnyk(file, text);
  return { file, format: 'plimsoll', rules: parseOwn(file, text), left: [] };
}

export { type Applied, aboutWhat, applying } from './apply.ts';
export { daysLeft, isExpired } from './expiry.ts';
export type { Demands, ExceptionFile, ExceptionRule } from './types.ts';

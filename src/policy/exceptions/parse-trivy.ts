import { checkedDate, dayBefore } from './expiry.ts';
import { glob, stripped } from './parse-own.ts';
import type { ExceptionFile, ExceptionKind, ExceptionRule, LeftOut } from './types.ts';
import { MAX_BYTES, mappingsOf, readYaml, textOf, textsOf, wrongValue } from './yaml.ts';

/**
 * A .trivyignore: an id a line, for findings of every kind, with `exp:YYYY-MM-DD`, the first day that it does not count any more; other
 * words of a line are nothing to Trivy. Source: Trivy, pkg/result/ignore.go, and its page on filtering. Trivy passes over a line whose date
 * is none; here that is exceptions-value.
 */
export function parseTrivyIgnore(file: string, text: string): ExceptionFile {
  if (text.length > MAX_BYTES) throw wrongValue('-', { where: `${file}:1:1`, line: 1, text: '...' }, `<= ${MAX_BYTES}`);
  const rules: ExceptionRule[] = [];
  let comment: string | undefined;
  for (const [index, full] of text.split(/\r?\n/).entries()) {
    const trimmed = full.trim();
    if (trimmed.startsWith('#')) comment = trimmed.replace(/^#+\s*/, '') || undefined;
    // A comment is about the ids that follow it at once.
    if (trimmed === '') comment = undefined;
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const [id = '', ...others] = trimmed.split(/\s+/);
    const date = others.find((word) => word.startsWith('exp:'))?.slice('exp:'.length);
    const column = full.indexOf('exp:') + 1;
    const placed = date === undefined ? undefined : { where: `${file}:${index + 1}:${column}`, line: index + 1, text: date };
    rules.push(stripped({ file, line: index + 1, ids: [id], reason: comment, expires: placed && dayBefore(checkedDate('exp', placed)) }));
  }
  return { file, format: 'trivy', rules, left: [] };
}

/** Members of a .trivyignore.yaml and what they are about here; licences are no findings. */
const SECTIONS = {
  vulnerabilities: ['vulnerability', 'malware', 'end-of-life'],
  misconfigurations: ['misconfiguration'],
  secrets: ['secret'],
} as const;

/** A .trivyignore.yaml. Source: as above. */
export function parseTrivyYaml(file: string, text: string): ExceptionFile {
  const root = readYaml(file, text);
  if (root.text !== undefined || root.items) throw wrongValue('-', root, `{${Object.keys(SECTIONS).join(', ')}}`);
  const fields = root.fields ?? new Map();
  const rules: ExceptionRule[] = [];
  const left: LeftOut[] = [];
  for (const [key, { line }] of fields) if (!(key in SECTIONS)) left.push({ line, what: key });
  for (const [section, kinds] of Object.entries(SECTIONS) as [string, readonly ExceptionKind[]][]) {
    for (const { fields: entry, line, where } of mappingsOf(fields, section)) {
      const id = textOf(entry, 'id');
      if (!id) throw wrongValue('id', { where, line }, '"..."');
      const expires = textOf(entry, 'expired_at');
      const purls = section === 'vulnerabilities' ? textsOf(entry, 'purls') : undefined;
      rules.push(
        stripped({
          file,
          line,
          ids: [id.text as string],
          kinds,
          paths: textsOf(entry, 'paths')?.map((each) => glob('paths', each).replace(/^\/+/, '')),
          packages: purls?.map((each) => (each.text?.startsWith('pkg:') ? each.text : wrong(each))),
          reason: textOf(entry, 'statement')?.text,
          expires: expires && dayBefore(checkedDate('expired_at', expires)),
        }),
      );
    }
  }
  return { file, format: 'trivy', rules, left };

  function wrong(each: Parameters<typeof wrongValue>[1]): never {
    throw wrongValue('purls', each, 'pkg:...');
  }
}

import type { CheckFinding } from '../../model/index.ts';
import { runRules } from '../run-rules.ts';
import type { Checker, CheckRule, SourceText } from '../types.ts';

/** A checker of one format of configuration files. */
export interface FileFormat<Document> {
  /** `sshd`: what its findings are about. */
  readonly id: string;
  /** Against the path: `etc/ssh/sshd_config` in an image, a file's own name elsewhere. */
  readonly path: RegExp;
  readonly parse: (text: string, path: string) => Document;
  readonly rules: readonly CheckRule<Document>[];
}

/** What the list of checkers and the readers of images need of a format. */
export interface FileChecker extends Checker {
  readonly path: RegExp;
}

export function fileChecker<Document>({ id, path, parse, rules }: FileFormat<Document>): FileChecker {
  return {
    id,
    path,
    rules,
    recognises: (source) => path.test(source.path.replaceAll('\\', '/')),
    check(source: SourceText, context, enabled): readonly CheckFinding[] {
      const document = parse(source.text, source.path);
      return runRules(source, document, rules, { domain: 'file', context, ...(enabled === undefined ? {} : { enabled }) });
    },
  };
}

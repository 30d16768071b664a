import { isDeepStrictEqual } from 'node:util';
import { isMap, isSeq, parseDocument } from 'yaml';
import { type Demands, type ExceptionRule, parseExceptions } from '../../policy/exceptions/index.ts';
import { EXIT, PlimsollError } from '../../util/errors.ts';
import { exceptionsText, withOneMore } from './write-exceptions.ts';

export { aboutWhat, daysLeft, type ExceptionRule, isExpired } from '../../policy/exceptions/index.ts';

/** Keys that say who accepted it and until when; all others say what is accepted. */
const SAID = ['reason', 'owner', 'approver', 'ticket', 'expires'] as const;

/** What became of a file: `same`: it says that already. `where`: `file:line` of the exception that was there, `fields`: in what it differed. */
export type Added =
  | { readonly outcome: 'added'; readonly text: string }
  | { readonly outcome: 'updated'; readonly text: string; readonly where: string; readonly fields: readonly string[] }
  | { readonly outcome: 'same'; readonly where: string };

/**
 * The text of a file of exceptions with one more; comments stay. One for the same that is there already is changed where `update` is set, and otherwise an
 * error unless it says the same. Throws what reading the file before or after does, so that no file is written that could not be read; what is wrong with the
 * new exception itself is said of the option that it came from.
 */
export function addedTo(
  file: string,
  text: string,
  exception: Readonly<Record<string, string>>,
  { update = false, ...demands }: Demands & { readonly update?: boolean },
): Added {
  const before = parseExceptions(file, text, { now: demands.now });
  if (before.format !== 'plimsoll') throw usage('exceptions-foreign-file', { path: file });
  const wanted = checked(exception, demands);
  const there = before.rules.findIndex((rule) => isDeepStrictEqual(selectors(rule), selectors(wanted)));
  const found = before.rules[there];
  if (found === undefined) return { outcome: 'added', text: readable(file, withOneMore(text, parseDocument(text), exception), demands) };
  const where = `${file}:${found.line}`;
  const fields = SAID.filter((key) => exception[key] !== undefined && exception[key] !== found[key]);
  if (fields.length === 0) return { outcome: 'same', where };
  if (!update) throw usage('exceptions-there', { where, fields: fields.join(', ') });
  const document = parseDocument(text);
  const list = document.get('exceptions', true);
  const node = isSeq(list) ? list.items[there] : undefined;
  for (const key of fields) if (isMap(node)) node.set(key, exception[key]);
  return { outcome: 'updated', text: readable(file, document.toString({ lineWidth: 0 }), demands), where, fields };
}

function readable(file: string, text: string, demands: Demands): string {
  parseExceptions(file, text, demands);
  return text;
}

/** The exception as a rule; what is wrong with it is wrong in an option, and in no line of a file. */
function checked(exception: Readonly<Record<string, string>>, demands: Demands): ExceptionRule {
  try {
    return parseExceptions('', exceptionsText([exception]), demands).rules[0] as ExceptionRule;
  } catch (error) {
    if (!(error instanceof PlimsollError) || error.params.where === undefined) throw error;
    const key = String(error.params.key ?? 'expires');
    if (error.code === 'exceptions-missing') throw usage('exceptions-option', { option: optionOf(key) });
    throw new PlimsollError(error.code, { ...error.params, where: optionOf(key) }, { cause: error, exitCode: EXIT.usage });
  }
}

/** `--version` is the program's own. */
export function optionOf(key: string): string {
  return key === 'version' ? '--package-version' : `--${key}`;
}

/** What it is about, without where it stands and what is said of it. */
function selectors(rule: ExceptionRule): Readonly<Record<string, unknown>> {
  const { file, line, reason, owner, approver, ticket, expires, ...about } = rule;
  const ids = about.ids?.map((id) => id.toLowerCase()).sort();
  return { ...about, ...(ids === undefined ? {} : { ids }) };
}

function usage(code: PlimsollError['code'], params: PlimsollError['params']): PlimsollError {
  return new PlimsollError(code, params, { exitCode: EXIT.usage });
}

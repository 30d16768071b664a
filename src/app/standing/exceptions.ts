import { parseDocument } from 'yaml';
import { type Demands, parseExceptions } from '../../policy/exceptions/index.ts';
import { withOneMore } from './write-exceptions.ts';

export { aboutWhat, daysLeft, type ExceptionRule, isExpired } from '../../policy/exceptions/index.ts';

/**
 * The text of a file of exceptions with one more; comments stay. Throws what reading the file before or after does, so that no file is
 * written that could not be read.
 */
export function addedTo(file: string, text: string, exception: Readonly<Record<string, unknown>>, demands: Demands): string {
  parseExceptions(file, text, { now: demands.now });
  const added = withOneMore(text, parseDocument(text), exception);
  parseExceptions(file, added, demands);
  return added;
}

import { type Fields, fields, list, records, text } from '../../util/fields.ts';
import { messageOf } from './message.ts';

/** Characters of what a tool says of its failure. */
const LONGEST = 300;

/**
 * Why a run may have missed something: one of its invocations says that it did not succeed (SARIF 3.20.14). In the words of its first notification of
 * level `error` (3.58.6), where it has one. Undefined where none says so.
 */
export function failureOf(run: Fields): string | undefined {
  const failed = list(run.invocations)
    .map(fields)
    .find(({ executionSuccessful }) => executionSuccessful === false);
  if (failed === undefined) return undefined;
  const notifications = [failed.toolExecutionNotifications, failed.toolConfigurationNotifications].flatMap(list).map(fields);
  const error = notifications.find(({ level }) => level === 'error');
  const said = error === undefined ? undefined : messageOf(fields(error.message), {});
  return (said ?? text(failed.exitCodeDescription) ?? 'executionSuccessful: false').slice(0, LONGEST);
}

/** Levels that an invocation gives to rules in place of their own, by id (SARIF 3.20.5, 3.51). */
export function overridesOf(run: Fields, result: Fields): ReadonlyMap<string, string> {
  const invocations = records(run.invocations);
  const { invocationIndex } = fields(result.provenance);
  const invocation = typeof invocationIndex === 'number' && invocationIndex >= 0 ? invocations[invocationIndex] : invocations[0];
  return new Map(
    list(invocation?.ruleConfigurationOverrides)
      .map(fields)
      .flatMap(({ descriptor, configuration }) => {
        const id = text(fields(descriptor).id);
        const level = text(fields(configuration).level);
        return id === undefined || level === undefined ? [] : [[id, level] as const];
      }),
  );
}

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type RequirementLanguage, rangesInside } from '../src/advisories/requirements.ts';
import { judge, subject } from '../src/match/judge.ts';
import type { Advisory, RangeEvent } from '../src/model/index.ts';

/**
 * The lines `requirement | version | yes or no` of a tool's answers to which the ranges made of the requirement answer otherwise. `file`
 * is relative to the test that `base` (import.meta.url) names.
 */
export function otherAnswers(language: RequirementLanguage, file: string, base: string): readonly string[] {
  const lines = readFileSync(fileURLToPath(new URL(file, base)), 'utf8').split('\n');
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .filter((line) => {
      const [requirement = '', version = '', answer] = line.split(' | ');
      return answerOf(requirement, version, language) !== answer;
    });
}

function answerOf(requirement: string, version: string, language: RequirementLanguage): string {
  const ranges = rangesInside([requirement], language);
  if (!ranges) return 'no range';
  if (ranges.length === 0) return 'no';
  const events = ranges.map((range) =>
    range.events.map(({ last_affected, ...event }) => (last_affected ? { lastAffected: last_affected } : event)),
  );
  const { kind } = judge(
    { status: 'affected', ranges: events as RangeEvent[][] } as unknown as Advisory,
    subject(version, language.scheme),
  );
  return kind === 'affected' ? 'yes' : kind === 'not-affected' ? 'no' : kind;
}

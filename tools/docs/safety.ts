// Runs every hostile case and writes docs/safety.md with what it cost: `npm run docs:safety`.
import { writeFileSync } from 'node:fs';
import { HOSTILE } from '../../test/hostile/cases/index.ts';
import { safetyPage } from '../../test/hostile/page.ts';
import { type Outcome, runCase } from '../../test/hostile/run-case.ts';

const outcomes = new Map<string, Outcome>();
for (const { cases } of HOSTILE) {
  for (const hostile of cases) {
    outcomes.set(hostile.id, await runCase(hostile));
    console.error(hostile.id);
  }
}
writeFileSync(new URL('../../docs/safety.md', import.meta.url), safetyPage(outcomes));

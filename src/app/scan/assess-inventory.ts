import { ecosystemsOf, findings, type Knowledge, match } from '../../match/index.ts';
import type { Inventory } from '../../model/index.ts';
import { rate } from '../../risk/index.ts';
import type { Assessment } from './known-findings.ts';

export { ecosystemsOf };

/** Holds an inventory against a database: matches -> findings. */
export function assess(inventory: Inventory, database: Knowledge): Assessment {
  const { matches, unassessed } = match(inventory, database);
  return { ecosystems: ecosystemsOf(inventory, database), findings: findings(inventory, matches, rate), unassessed };
}

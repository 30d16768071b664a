import { type CommonTask, makeCommon } from './common-task.ts';
import type { ShardInfo } from './manifest.ts';
import { type ArchiveResult, type ArchiveTask, type ParseResult, type ParseTask, parseArchive, parseFile } from './parse-task.ts';
import { makeShard, type ShardTask } from './shard-task.ts';
import { Spill } from './spill.ts';

/** Tasks that read what upstreams say, and those that write the database. */
export type ReadTask = ParseTask | ArchiveTask;
export type BuildTask = ReadTask | ShardTask | CommonTask;
export type BuildResult<T extends BuildTask> = T extends ReadTask ? ParseResult | ArchiveResult : ShardInfo;

/** What one worker needs to know from the start. */
export interface WorkerStart {
  /** Folder for what is spilled. */
  readonly folder: string;
  /** Tells the files of several workers apart. */
  readonly prefix: string;
}

/** Does tasks one after the other, in this thread. */
export function taskRunner(start: WorkerStart): (task: BuildTask) => Promise<ParseResult | ArchiveResult | ShardInfo> {
  const spill = new Spill(start.folder, start.prefix);
  return async (task) => {
    if (task.kind === 'parse') return parseFile(task, spill);
    if (task.kind === 'archive') return parseArchive(task, spill);
    return task.kind === 'shard' ? makeShard(task) : makeCommon(task);
  };
}

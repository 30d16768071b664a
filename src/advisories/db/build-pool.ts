import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type BuildResult, type BuildTask, taskRunner } from './build-tasks.ts';

/** Runs tasks, as many at once as there are workers, each in the order given. */
export interface BuildPool {
  /** Results in the order of `tasks`; the first failure rejects. `done` is called as results come in. */
  all<T extends BuildTask>(tasks: readonly T[], done?: (result: BuildResult<T>, task: T) => void): Promise<readonly BuildResult<T>[]>;
  close(): Promise<void>;
}

/** Most of what a parser makes is rubbish at once: a small nursery saves a quarter of the peak and costs no time. */
const SHORT_LIVED = { maxYoungGenerationSizeMb: 16 };

type Run = (task: BuildTask) => Promise<unknown>;

/** `workers` threads; none, or where the program was bundled without its worker, runs everything in this thread. */
export function buildPool(folder: string, workers: number): BuildPool {
  const entry = workerEntry();
  if (workers < 1 || entry === undefined) return pool([taskRunner({ folder, prefix: 'b0' })], async () => {});
  const threads = Array.from(
    { length: workers },
    (_, number) => new Worker(entry, { workerData: { folder, prefix: `b${number}` }, resourceLimits: SHORT_LIVED }),
  );
  return pool(threads.map(threadRunner), async () => {
    await Promise.all(threads.map((thread) => thread.terminate()));
  });
}

/** Beside this file when run from source, beside the bundle otherwise. */
function workerEntry(): URL | undefined {
  const candidates = import.meta.url.endsWith('.ts') ? ['./build-worker.ts'] : ['./db-build-worker.js'];
  return candidates.map((name) => new URL(name, import.meta.url)).find((url) => url.protocol === 'file:' && existsSync(fileURLToPath(url)));
}

function pool(runners: readonly Run[], close: () => Promise<void>): BuildPool {
  return {
    all: async <T extends BuildTask>(tasks: readonly T[], done?: (result: BuildResult<T>, task: T) => void) => {
      const results: BuildResult<T>[] = [];
      let next = 0;
      const drain = async (run: Run) => {
        while (next < tasks.length) {
          const number = next++;
          const task = tasks[number]!;
          const result = (await run(task)) as BuildResult<T>;
          results[number] = result;
          done?.(result, task);
        }
      };
      await Promise.all(runners.map(drain));
      return results;
    },
    close,
  };
}

function threadRunner(thread: Worker): Run {
  return (task) =>
    new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        thread.off('message', onMessage);
        thread.off('error', onError);
        thread.off('exit', onExit);
        act();
      };
      const onMessage = (message: { readonly result?: unknown; readonly error?: unknown }) =>
        settle(() => ('error' in message ? reject(message.error) : resolve(message.result)));
      const onError = (error: unknown) => settle(() => reject(error));
      const onExit = (code: number) => settle(() => reject(new Error(`the worker ended with code ${code}`)));
      thread.on('message', onMessage);
      thread.on('error', onError);
      thread.on('exit', onExit);
      thread.postMessage(task);
    });
}

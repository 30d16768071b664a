import { parentPort, workerData } from 'node:worker_threads';
import { type BuildTask, taskRunner, type WorkerStart } from './build-tasks.ts';

/** Entry of a worker thread of `db build`: takes tasks as messages and answers each with its result or its error. */
const run = taskRunner(workerData as WorkerStart);

parentPort?.on('message', (task: BuildTask) => {
  run(task).then(
    (result) => parentPort?.postMessage({ result }),
    (error: unknown) => parentPort?.postMessage({ error }),
  );
});

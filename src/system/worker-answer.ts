import { Worker } from 'node:worker_threads';

export interface WorkerCall {
  /** Plain JavaScript, since a worker reads no TypeScript. It posts one message. */
  readonly source: string;
  readonly data: unknown;
  readonly timeoutMs: number;
  readonly memoryMb: number;
}

export type WorkerAnswer =
  | { readonly state: 'answered'; readonly said: unknown }
  | { readonly state: 'failed' | 'timed-out'; readonly raw: string };

/** One answer of a worker that is ended when its time is up, whatever it does then. What it prints is dropped. */
export async function workerAnswer(
  { source, data, timeoutMs, memoryMb }: WorkerCall,
  signal: AbortSignal,
): Promise<WorkerAnswer> {
  const worker = new Worker(source, {
    eval: true,
    env: {},
    // A worker takes over the flags of its process, and some of them are not for workers.
    execArgv: [],
    stdout: true,
    stderr: true,
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 16 },
  });
  const answer = await new Promise<WorkerAnswer>((resolve) => {
    const late = setTimeout(() => resolve({ state: 'timed-out', raw: `no answer within ${timeoutMs} ms` }), timeoutMs);
    const stop = (): void => resolve({ state: 'timed-out', raw: 'ended before it answered' });
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    worker.once('message', (said: unknown) => resolve({ state: 'answered', said }));
    worker.once('error', (error) => resolve({ state: 'failed', raw: firstLine(error.message) }));
    worker.once('exit', () => {
      clearTimeout(late);
      signal.removeEventListener('abort', stop);
      resolve({ state: 'failed', raw: 'the worker ended without an answer' });
    });
  });
  await worker.terminate();
  return answer;
}

export function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 200);
}

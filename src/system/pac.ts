import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { PacAnswer, PacQuestion } from '../model/engine-questions.js';
import { firstLine, workerAnswer } from './worker-answer.js';

const memoryBytes = 32 * 1024 * 1024;
const stackBytes = 256 * 1024;
const longestAnswer = 1000;

/**
 * What is run in the worker: plain JavaScript, since a worker reads no TypeScript. The script itself runs one wall further
 * in, in a JavaScript engine compiled to WebAssembly: nothing of Node can be reached from there.
 */
const inWorker = `
const { readFileSync } = require('node:fs');
const { parentPort, workerData } = require('node:worker_threads');
const run = async () => {
  const [{ QuickJS }, { createPacResolver }] = await Promise.all([import(workerData.engine), import(workerData.resolver)]);
  const wasm = readFileSync(workerData.wasm);
  const vm = await QuickJS.create({ wasm, memoryLimit: ${memoryBytes}, maxStackSize: ${stackBytes} });
  const answer = await createPacResolver(vm, workerData.script)(workerData.url, workerData.host);
  parentPort.postMessage({ answer: String(answer) });
};
run().catch((error) => parentPort.postMessage({ failed: String((error && error.message) || error) }));
`;

/**
 * FindProxyForURL of a PAC script. In a worker that is ended when its time is up: a script may loop for ever, also inside
 * one call. Names that the script asks for are looked up as any program of this device would.
 */
export async function evaluatePac(question: PacQuestion, signal: AbortSignal): Promise<PacAnswer> {
  const { script, url, host, timeoutMs } = question;
  const packages = findPackages();
  if (packages === null) return { state: 'unavailable', raw: 'pac-resolver and quickjs-wasi are not installed' };
  const answer = await workerAnswer(
    { source: inWorker, data: { ...packages, script, url, host }, timeoutMs, memoryMb: 64 },
    signal,
  );
  return answer.state === 'answered' ? answerIn(answer.said) : answer;
}

function findPackages(): { engine: string; resolver: string; wasm: string } | null {
  const require = createRequire(import.meta.url);
  const url = (name: string): string => pathToFileURL(require.resolve(name)).href;
  try {
    return {
      engine: url('quickjs-wasi'),
      resolver: url('pac-resolver'),
      wasm: require.resolve('quickjs-wasi/quickjs.wasm'),
    };
  } catch {
    return null;
  }
}

function answerIn(said: unknown): PacAnswer {
  if (typeof said !== 'object' || said === null) return { state: 'failed', raw: 'no answer' };
  if ('answer' in said && typeof said.answer === 'string')
    return { state: 'answered', text: said.answer.slice(0, longestAnswer) };
  return { state: 'failed', raw: 'failed' in said && typeof said.failed === 'string' ? firstLine(said.failed) : '' };
}

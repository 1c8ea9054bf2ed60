import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { RulesAnswer, RulesQuestion } from '../model/engine-questions.js';
import { firstLine, workerAnswer } from './worker-answer.js';

const mostMatches = 100;

/**
 * What is run in the worker: plain JavaScript. A source that does not compile would keep all others from being used
 * (measured with 1.20: `build` throws the errors of all that was added), so the compiling begins anew without it.
 */
const inWorker = `
const { readFileSync } = require('node:fs');
const { parentPort, workerData } = require('node:worker_threads');
const { engine, wasm, sources, bytes, globals, scanMs } = workerData;
const why = (error) => {
  const text = String((error && error.message) || error);
  const line = /line:(\\d+)/.exec(text);
  return text.split('\\n', 1)[0].replace(/^error(?:\\[\\w+\\])?: /, '').slice(0, 200) + (line ? ', line ' + line[1] : '');
};
const compile = (Compiler, list, unusable) => {
  const compiler = new Compiler();
  for (const [name, value] of Object.entries(globals)) compiler.defineGlobal(name, value);
  const good = [];
  for (const { name, text } of list) {
    compiler.newNamespace(name);
    try { compiler.addSource(text); good.push({ name, text }); }
    catch (error) { unusable.push({ source: name, why: why(error) }); }
  }
  if (good.length < list.length) { compiler.free(); return good.length === 0 ? null : compile(Compiler, good, unusable); }
  return compiler.build();
};
const run = async () => {
  const { default: init, Compiler } = await import(engine);
  await init({ module_or_path: readFileSync(wasm) });
  const unusable = [];
  const rules = sources.length === 0 ? null : compile(Compiler, sources, unusable);
  if (rules === null) return parentPort.postMessage({ matches: [], unusable });
  const scanner = rules.scanner();
  scanner.setTimeoutMs(scanMs);
  scanner.setMaxMatchesPerPattern(1);
  const { matches } = scanner.scan(bytes);
  parentPort.postMessage({ matches: matches.slice(0, ${mostMatches}).map((one) => ({ rule: one.identifier, source: one.namespace })), unusable });
};
run().catch((error) => parentPort.postMessage({ failed: why(error) }));
`;

/** Rules are text from anywhere: they run in WebAssembly, in a worker that is ended when its time is up. */
export async function scanByRules(question: RulesQuestion, signal: AbortSignal): Promise<RulesAnswer> {
  const { sources, bytes, path, timeoutMs } = question;
  const place = placeOfYara();
  if (place === null) return { state: 'unavailable', raw: '@virustotal/yara-x is not installed' };
  const filename = path.slice(path.lastIndexOf('/') + 1);
  // By these names rules of the public collections ask for where a file lies (signature-base, YARA Forge).
  const globals = {
    filename,
    filepath: path,
    extension: /\.[^.]*$/.exec(filename)?.[0] ?? '',
    filetype: '',
    owner: '',
  };
  const data = { ...place, sources, bytes, globals, scanMs: Math.ceil(timeoutMs * 0.8) };
  const answer = await workerAnswer({ source: inWorker, data, timeoutMs, memoryMb: 512 }, signal);
  return answer.state === 'answered' ? answerIn(answer.said) : answer;
}

function placeOfYara(): { engine: string; wasm: string } | null {
  const require = createRequire(import.meta.url);
  try {
    const entry = require.resolve('@virustotal/yara-x');
    return { engine: pathToFileURL(entry).href, wasm: entry.replace(/\.js$/, '_bg.wasm') };
  } catch {
    return null;
  }
}

function answerIn(said: unknown): RulesAnswer {
  if (typeof said !== 'object' || said === null) return { state: 'failed', raw: 'no answer' };
  if ('failed' in said) return { state: 'failed', raw: firstLine(String(said.failed)) };
  const pairs = (list: unknown, key: string): { source: string; text: string }[] =>
    Array.isArray(list)
      ? list.map((one: Readonly<Record<string, unknown>>) => ({
          source: String(one['source']),
          text: String(one[key]),
        }))
      : [];
  const [matches, unusable] = ['matches' in said ? said.matches : [], 'unusable' in said ? said.unusable : []];
  return {
    state: 'answered',
    matches: pairs(matches, 'rule').map(({ source, text }) => ({ source, rule: text })),
    unusable: pairs(unusable, 'why').map(({ source, text }) => ({ source, why: text })),
  };
}

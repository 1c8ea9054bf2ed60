#!/usr/bin/env node
// Loads the command from its chunks with code that was compiled when it was built: on Node 20, where Node itself keeps
// no compiled code, that saves a quarter of a short diagnosis. V8 refuses code of another version of itself or under
// other flags; then, and where there is none, the chunks are compiled as ever.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Script } from 'node:vm';

interface Chunk {
  readonly exports: Readonly<Record<string, unknown>>;
}
type Require = (id: string) => unknown;
type Body = (exports: object, require: Require, module: Chunk, filename: string, directory: string) => void;

// It is built as CommonJS.
const script = __filename;
const loaded = new Map<string, Chunk>();
let codeFits = true;
/** As scripts/build.mjs names it. */
const codeOfThis = `${process.arch}-${process.versions.v8}.code`;

function load(file: string): Chunk['exports'] {
  const before = loaded.get(file);
  if (before) return before.exports;
  const chunk: Chunk = { exports: {} };
  loaded.set(file, chunk);
  // scripts/build.mjs has wrapped it into a function, and spelled it in ASCII: half as much for V8 to hold.
  const source = readFileSync(file, 'latin1');
  const cachedData = codeFits ? codeOf(file) : undefined;
  const compiled = new Script(source, { filename: file, ...(cachedData && { cachedData }) });
  if (compiled.cachedDataRejected === true) codeFits = false;
  const body = compiled.runInThisContext() as Body;
  const directory = path.dirname(file);
  body(chunk.exports, (id) => required(id, directory), chunk, file, directory);
  return chunk.exports;
}

function required(id: string, directory: string): unknown {
  if (id.startsWith('.')) return load(path.resolve(directory, id));
  if (dear.has(id)) return whenUsed(id);
  return process.getBuiltinModule(id) ?? require(id);
}

/** Of Node's own modules those that take a millisecond or more to load: chunks hold more than what one command needs. */
const dear: ReadonlySet<string> = new Set([
  'node:child_process',
  'node:crypto',
  'node:fs/promises',
  'node:module',
  'node:net',
  'node:readline',
  'node:stream',
  'node:timers/promises',
]);

/** Stands for one of Node's modules, and loads it once something of it is asked for. */
function whenUsed(id: string): unknown {
  return new Proxy({}, { get: (_, name) => Reflect.get(process.getBuiltinModule(id) ?? {}, name) as unknown });
}

function codeOf(file: string): Buffer | undefined {
  try {
    return readFileSync(`${file}.${codeOfThis}`);
  } catch {
    codeFits = false;
    return undefined;
  }
}

const { start } = load(path.join(path.dirname(script), 'chunks', 'main.cjs'));
if (typeof start !== 'function') throw new Error('the command is not whole: install it again');
start(script);

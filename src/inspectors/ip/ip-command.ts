/** ip(8) of iproute2, as JSON where it has any. What it prints comes from the kernel, and is read with bounds all the same. */
import type { Context } from '../../model/gatherer.js';

export type IpContext = Pick<Context, 'system' | 'signal'>;

/** A big router's tables are cut here; whoever reads them looks for something special. */
const MAX_BYTES = 4 * 1024 * 1024;
const TIMEOUT_MS = 2_000;

export type IpOutput<T> =
  | { readonly ok: true; readonly value: T }
  /** `missing`: there is no such program; `refused`: the kernel said so, in its own words. */
  | { readonly ok: false; readonly why: 'missing' | 'refused' | 'failed'; readonly words: string };

export async function ipText(
  { system, signal }: IpContext,
  args: readonly string[],
  input?: string,
): Promise<IpOutput<string>> {
  const options = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, signal, ...(input !== undefined && { input }) };
  const { exit, stdout, stderr, error } = await system.run('ip', args, options);
  if (error === 'ENOENT') return { ok: false, why: 'missing', words: 'there is no program "ip" here' };
  if (exit === 0) return { ok: true, value: stdout };
  const kernel = kernelWords(stderr);
  if (kernel !== null) return { ok: false, why: 'refused', words: kernel };
  return { ok: false, why: 'failed', words: (error ?? stderr.split('\n')[0] ?? `ip ended with ${exit}`).slice(0, 200) };
}

async function askKernel(
  { system }: IpContext,
  family: 0 | 4 | 6,
  command: readonly string[],
): Promise<IpOutput<readonly IpObject[]> | null> {
  const answer = (await system.tables?.ask(family, command)) ?? null;
  if (answer === null) return null;
  return 'refused' in answer
    ? { ok: false, why: 'refused', words: answer.refused }
    : { ok: true, value: answer.entries };
}

function kernelWords(text: string): string | null {
  return /^RTNETLINK answers: (.{1,200})$/m.exec(text)?.[1] ?? null;
}

export type IpObject = Readonly<Record<string, unknown>>;

/**
 * What `ip -j` prints, of one family or (0) of any. Asks the kernel itself where that is possible: a program takes ten
 * milliseconds, this a tenth of one.
 */
export async function ipJson(
  context: IpContext,
  args: readonly string[],
  family: 0 | 4 | 6 = 0,
): Promise<IpOutput<readonly IpObject[]>> {
  const direct = await askKernel(
    context,
    family,
    args.filter((word) => word !== '-d'),
  );
  if (direct) return direct;
  const output = await ipText(context, ['-j', ...(family === 0 ? [] : [`-${family}`]), ...args]);
  return output.ok ? parseObjects(output.value) : output;
}

/**
 * Several commands of one family by one process: starting one takes longer than all the work. Null when its answers
 * cannot be told apart (an older version, another program of that name): then ask one by one.
 */
export async function ipBatch(
  context: IpContext,
  family: 4 | 6,
  commands: readonly string[],
): Promise<IpOutput<readonly IpObject[]>[] | null> {
  const direct = await Promise.all(commands.map((command) => askKernel(context, family, command.split(' '))));
  // Two tellers may use different words for one thing: all by one of them.
  const told = direct.filter((output) => output !== null);
  if (told.length === commands.length) return told;
  const { system, signal } = context;
  const options = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, signal, input: `${commands.join('\n')}\n` };
  const { exit, stdout, stderr, error } = await system.run(
    'ip',
    [`-${family}`, '-j', '-force', '-batch', '-'],
    options,
  );
  if (error !== undefined || exit === null) return null;
  const refused = refusals(stderr);
  const lines = stdout.split('\n').filter((line) => line.trim() !== '');
  if (lines.length + refused.size !== commands.length) return null;
  return commands.map((_, at) => {
    const words = refused.get(at + 1);
    if (words !== undefined) return { ok: false, why: 'refused', words };
    return parseObjects(lines.shift() ?? '');
  });
}

/** `RTNETLINK answers: No route to host`, then `Command failed -:3` with the number of the line. */
function refusals(stderr: string): Map<number, string> {
  const found = new Map<number, string>();
  let words = '';
  for (const line of stderr.split('\n', 1_000)) {
    const number = /^Command failed -:(\d{1,4})$/.exec(line)?.[1];
    if (number === undefined) words = kernelWords(line) ?? words;
    else {
      found.set(Number(number), words);
      words = '';
    }
  }
  return found;
}

function parseObjects(text: string): IpOutput<readonly IpObject[]> {
  // Nothing at all is what older versions print for an empty list.
  if (text.trim() === '') return { ok: true, value: [] };
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed)) return { ok: true, value: parsed.filter(isObject) };
  } catch {
    // Cut off, or a version without JSON: the same as an output that cannot be used.
  }
  return { ok: false, why: 'failed', words: 'ip printed something that is no JSON' };
}

export function isObject(value: unknown): value is IpObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

export function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

export function objectsOf(value: unknown): IpObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

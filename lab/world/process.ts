// Programs started by the lab: fixed program, argument array, never a shell.
import { spawn, type ChildProcess } from 'node:child_process';

export interface Ran {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  ms: number;
  timedOut: boolean;
}

export interface RunOptions {
  input?: string;
  timeoutMs?: number;
  environment?: Record<string, string>;
  cwd?: string;
}

const OUTPUT_BOUND = 8 * 1024 * 1024;

/** Runs a program to its end. Its whole process group is killed when the time is up. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(program, args, {
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(options.environment === undefined ? {} : { env: options.environment }),
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let bytes = 0;
    let timedOut = false;
    const collect = (into: Buffer[]) => (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= OUTPUT_BOUND) into.push(chunk);
    };
    child.stdout.on('data', collect(out));
    child.stderr.on('data', collect(err));
    const timer = setTimeout(() => {
      timedOut = true;
      killGroup(child);
    }, options.timeoutMs ?? 15_000);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({
        code,
        signal,
        stdout: Buffer.concat(out).toString('utf8'),
        stderr: Buffer.concat(err).toString('utf8'),
        ms: performance.now() - started,
        timedOut,
      });
    });
    child.stdin.on('error', () => undefined); // the program may end without reading
    child.stdin.end(options.input ?? '');
  });
}

/** As run(), but a non-zero exit is a fault of the lab and throws. */
export async function must(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const ran = await run(program, args, options);
  if (ran.code !== 0) {
    const said = `${ran.stderr}${ran.stdout}`.trim().slice(0, 2000);
    const asked = options.input === undefined ? '' : `\n${options.input.slice(0, 2000)}`;
    throw new Error(`${program} ${args.join(' ')}: exit ${ran.code ?? ran.signal}: ${said}${asked}`);
  }
  return ran.stdout;
}

/** Kills a child that was started with `detached`, and what it started. */
export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

/** Waits until the condition holds; asks at most every `everyMs`. False when the time is up. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  boundMs: number,
  everyMs = 5,
): Promise<boolean> {
  const end = performance.now() + boundMs;
  for (;;) {
    if (await condition()) return true;
    if (performance.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

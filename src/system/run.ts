import type { RunOptions, RunResult } from '../model/system.js';

const defaultTimeoutMs = 5_000;
const defaultMaxBytes = 16 * 1024 * 1024;
/** Where the programs of the system are, on every distribution; administrators' tools are not on every user's PATH. */
const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export type Run = (program: string, args: readonly string[], options?: RunOptions) => Promise<RunResult>;

/** As root, nobody's PATH but the system's own is searched; and no program gets more of the environment than it needs. */
export function runnerFor(root: boolean, environment: Readonly<Record<string, string | undefined>>): Run {
  const path = root ? systemPath : `${environment['PATH'] ?? ''}:${systemPath}`;
  const passed = root ? [] : ['HOME', 'USER', 'LOGNAME', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS', 'SystemRoot'];
  const env: Record<string, string> = { PATH: path, LC_ALL: 'C' };
  for (const name of passed) {
    const value = environment[name];
    if (value !== undefined) env[name] = value;
  }
  return (program, args, options = {}) => run(program, args, env, options);
}

async function run(
  program: string,
  args: readonly string[],
  env: Record<string, string>,
  options: RunOptions,
): Promise<RunResult> {
  const { execFile } = process.getBuiltinModule('node:child_process');
  const timeout = options.timeoutMs ?? defaultTimeoutMs;
  const maxBuffer = options.maxBytes ?? defaultMaxBytes;
  if (options.signal?.aborted) return { exit: null, stdout: '', stderr: '', truncated: false, error: 'aborted' };
  return new Promise((resolve) => {
    const answer = (error: Error | null, stdout: string, stderr: string): void => {
      const { exit, reason } = endOf(error, options.signal?.aborted ?? false);
      const truncated = reason === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER';
      resolve({ exit, stdout, stderr, truncated, ...(reason !== null && !truncated && { error: reason }) });
    };
    try {
      const child = execFile(
        program,
        [...args],
        {
          env,
          timeout,
          maxBuffer,
          killSignal: 'SIGKILL',
          windowsHide: true,
          encoding: 'utf8',
          ...(options.signal && { signal: options.signal }),
        },
        answer,
      );
      child.stdin?.on('error', () => {}); // it may end before it has read its input
      child.stdin?.end(options.input ?? '');
    } catch (error) {
      // An on-access scanner that forbids the program makes spawn throw (measured).
      answer(error instanceof Error ? error : new Error(String(error)), '', '');
    }
  });
}

function endOf(error: Error | null, aborted: boolean): { exit: number | null; reason: string | null } {
  if (error === null) return { exit: 0, reason: null };
  if (aborted) return { exit: null, reason: 'aborted' };
  const { code, killed } = error as Error & { code?: string | number | null; killed?: boolean };
  if (typeof code === 'number') return { exit: code, reason: null };
  if (typeof code === 'string') return { exit: null, reason: code };
  return { exit: null, reason: killed === true ? 'timed-out' : 'killed' };
}

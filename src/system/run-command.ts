import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Runs what the user typed, as it was typed and for the user who typed it: no shell, the same terminal, and under sudo the
 * invoking user's identity. Resolves with its exit code, as shells count: 128 and the signal, 127 when there is no such
 * program, 126 when it may not be run.
 *
 * @param without variables that it must not see
 */
export function runCommand(
  words: readonly [string, ...string[]],
  options: { readonly without?: readonly string[]; readonly uid?: number; readonly gid?: number; readonly stdout: 'inherit' | 'stderr'; readonly signal: AbortSignal }, // prettier-ignore
): Promise<number> {
  const [program, ...args] = words;
  const env = { ...process.env };
  for (const name of options.without ?? []) delete env[name];
  const { uid, gid } = options;
  return new Promise((resolve) => {
    let child: ChildProcess;
    try {
      child = spawn(program, args, {
        env,
        stdio: ['inherit', options.stdout === 'inherit' ? 'inherit' : 2, 'inherit'],
        ...(uid !== undefined && { uid }),
        ...(gid !== undefined && { gid }),
      });
    } catch (error) {
      // Node throws what it knows no event for: EPERM, which a scanner gives that holds the program back (measured).
      return resolve(unstarted(error));
    }
    const end = (): void => void child.kill('SIGTERM');
    options.signal.addEventListener('abort', end, { once: true });
    child.once('error', (error) => resolve(unstarted(error)));
    child.once('close', (code, signal) => {
      options.signal.removeEventListener('abort', end);
      resolve(code ?? 128 + (signal === 'SIGTERM' ? 15 : 9));
    });
  });
}

function unstarted(error: unknown): number {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return code === 'EPERM' || code === 'EACCES' ? 126 : 127;
}

import { spawn } from 'node:child_process';

/**
 * Runs what the user typed, as it was typed and for the user who typed it: no shell, the same terminal, and under sudo the
 * invoking user's identity. Resolves with its exit code, as shells count signals; 127 when it cannot be started.
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
    const child = spawn(program, args, {
      env,
      stdio: ['inherit', options.stdout === 'inherit' ? 'inherit' : 2, 'inherit'],
      ...(uid !== undefined && { uid }),
      ...(gid !== undefined && { gid }),
    });
    const end = (): void => void child.kill('SIGTERM');
    options.signal.addEventListener('abort', end, { once: true });
    child.once('error', () => resolve(127));
    child.once('close', (code, signal) => {
      options.signal.removeEventListener('abort', end);
      resolve(code ?? 128 + (signal === 'SIGTERM' ? 15 : 9));
    });
  });
}

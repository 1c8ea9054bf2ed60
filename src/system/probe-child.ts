/** Longer than the diagnosis itself, which ends by its own time: only then something hangs. */
const graceMs = 5_000;
const mostBytes = 64 * 1024 * 1024;

/**
 * This program once more, in a process of its own: what it changes of itself (its network) ends with it. Open files go
 * with it as its descriptors 3 and on. Null where it ended without an answer, or took too long.
 *
 * @param through a program and its arguments that becomes this one: such as nsenter(1)
 */
export async function askChild(
  script: string,
  word: string,
  request: unknown,
  files: readonly number[],
  timeoutMs: number,
  signal: AbortSignal,
  through: readonly string[] = [],
): Promise<unknown> {
  const { spawn } = process.getBuiltinModule('node:child_process');
  const [program, ...args] = [...through, process.execPath, script, word];
  const child = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'inherit', ...files],
    env: { PATH: process.env['PATH'] ?? '' },
    cwd: '/',
  });
  const stop = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  const late = setTimeout(() => child.kill('SIGKILL'), timeoutMs + graceMs);
  try {
    return await new Promise<unknown>((resolve, reject) => {
      const pieces: Buffer[] = [];
      let bytes = 0;
      child.stdout?.on('data', (piece: Buffer) => {
        bytes += piece.length;
        if (bytes <= mostBytes) pieces.push(piece);
        else child.kill('SIGKILL');
      });
      child.on('error', reject);
      child.on('close', () => resolve(parsed(Buffer.concat(pieces).toString('utf8'))));
      child.stdin?.on('error', () => {}); // it may have ended
      child.stdin?.end(JSON.stringify(request));
    });
  } finally {
    clearTimeout(late);
    signal.removeEventListener('abort', stop);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

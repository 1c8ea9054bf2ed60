import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

interface BuildScript {
  build(options: { ifNeeded: boolean }): Promise<boolean>;
}

/** The command as it is published, built when the sources are newer. */
export async function builtCommand(): Promise<string> {
  const script = (await import(pathToFileURL(path.join(root, 'scripts/build.mjs')).href)) as BuildScript;
  await script.build({ ifNeeded: true });
  return path.join(root, 'dist/cli.cjs');
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

export interface RunOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly directory?: string;
  /** Ends it from outside after that time. */
  readonly signal?: { readonly name: NodeJS.Signals; readonly afterMs: number };
}

/** Runs a program to its end, 60 s at most. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const began = performance.now();
  const child = spawn(program, args, {
    cwd: options.directory ?? root,
    env: { ...process.env, NO_COLOR: '1', ...options.environment },
  });
  const bound = setTimeout(() => child.kill('SIGKILL'), 60_000);
  const { signal } = options;
  const timer = signal ? setTimeout(() => child.kill(signal.name), signal.afterMs) : undefined;
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => undefined).end(options.input ?? '');
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(bound);
      clearTimeout(timer);
      resolve({ code, stdout, stderr, ms: performance.now() - began });
    });
  });
}

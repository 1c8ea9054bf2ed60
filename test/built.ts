import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
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
  /** Milliseconds after which it is killed; 60,000 when absent. */
  readonly bound?: number;
  /** Ends it from outside, once that happened. */
  readonly signal?: { readonly name: NodeJS.Signals; readonly when: Promise<unknown> };
}

/** Runs a program to its end. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const began = performance.now();
  const child = spawn(program, args, {
    cwd: options.directory ?? root,
    env: { ...process.env, NO_COLOR: '1', ...options.environment },
  });
  const bound = setTimeout(() => child.kill('SIGKILL'), options.bound ?? 60_000);
  const { signal } = options;
  void signal?.when.then(() => child.kill(signal.name));
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => undefined).end(options.input ?? '');
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(bound);
      resolve({ code, stdout, stderr, ms: performance.now() - began });
    });
  });
}

/** A port of the loopback that was free a moment ago. */
export function closedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** What npm told the running test must not reach the npm that is tested. */
export const withoutNpm: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(process.env)
    .filter((name) => /^npm_(?:lifecycle|package|command|execpath|config_loglevel)/.test(name))
    .map((name) => [name, '']),
);

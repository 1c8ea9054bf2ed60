import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The part of koffi's binary that is used here. */
export interface Native {
  load(path: null): { func(name: string, result: string, parameters: string[]): (...values: never[]) => unknown };
  address(buffer: Uint8Array): bigint;
  errno(): number;
  node: { poll(fd: number, options: { readable: boolean }, callback: (status: number) => void): PollHandle };
}

export interface PollHandle {
  close(): void;
  ref(): void;
  unref(): void;
}

let loaded: Native | string | undefined;

/**
 * Loading koffi's own JavaScript costs 5 to 20 ms, its binary alone 2 ms (measured), and one of these is Node looking for it:
 * so the binary first, where Node would find it.
 */
export function loadNative(): Native | string {
  return (loaded ??= load());
}

function load(): Native | string {
  if (new Uint8Array(Uint16Array.of(1).buffer)[0] !== 1) return 'big-endian processors are not supported';
  const here = import.meta.filename;
  const binary = binaryOf(process.arch);
  const ways = [
    ...(binary === null
      ? []
      : [() => openBinary(found(binary, here)), () => createRequire(createRequire(here).resolve('koffi'))(binary)]),
    () => createRequire(here)('koffi'),
  ];
  let reason = '';
  for (const way of ways) {
    try {
      const opened: unknown = way();
      if (isNative(opened)) return opened;
      reason = 'koffi has another shape than expected';
    } catch (error) {
      reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    }
  }
  return `koffi cannot be loaded: ${reason}`;
}

/** In the node_modules of one of the folders above, the nearest first. */
function found(binary: string, here: string): string {
  let directory = path.dirname(here);
  for (;;) {
    const file = path.join(directory, 'node_modules', binary);
    if (existsSync(file)) return file;
    const above = path.dirname(directory);
    if (above === directory) throw new Error(`there is no ${binary}`);
    directory = above;
  }
}

function openBinary(file: string): unknown {
  const opened = { exports: {} };
  process.dlopen(opened, file);
  return opened.exports;
}

/** Where koffi's per-platform package has its binary, for the two processors that are common. */
function binaryOf(arch: string): string | null {
  if (arch !== 'x64' && arch !== 'arm64') return null;
  return `@koromix/koffi-linux-${arch}/${runsOnMusl(arch) ? 'musl' : 'linux'}_${arch}/koffi.node`;
}

function runsOnMusl(arch: 'x64' | 'arm64'): boolean {
  const loader = `/lib/ld-musl-${arch === 'x64' ? 'x86_64' : 'aarch64'}.so.1`;
  if (!existsSync(loader)) return false;
  // Both libraries may be installed: which one this process runs on is what it has mapped.
  try {
    return readFileSync('/proc/self/maps', 'latin1').includes('/ld-musl-');
  } catch {
    return true;
  }
}

function isNative(loaded: unknown): loaded is Native {
  if (typeof loaded !== 'object' || loaded === null) return false;
  const { load, address, errno, node } = loaded as Partial<Record<keyof Native, unknown>>;
  const poll = typeof node === 'object' && node !== null && 'poll' in node ? node.poll : undefined;
  return [load, address, errno, poll].every((member) => typeof member === 'function');
}

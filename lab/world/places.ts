// Where things of this machine are that no PATH finds.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Debian keeps each major version of PostgreSQL by itself, and none of its servers on the PATH. */
export function postgresPrograms(): string {
  const base = '/usr/lib/postgresql';
  const versions = existsSync(base)
    ? readdirSync(base)
        .map(Number)
        .filter((version) => version > 0)
    : [];
  return `${base}/${Math.max(0, ...versions)}/bin`;
}

/** Debian's place for its own architecture: c-icap's modules. */
export function icapModules(): string | null {
  const found = ['x86_64-linux-gnu', 'aarch64-linux-gnu']
    .map((triplet) => `/usr/lib/${triplet}/c_icap`)
    .find((folder) => existsSync(`${folder}/virus_scan.so`));
  return found ?? null;
}

/** The same of libfaketime. */
export function faketimeLibrary(): string | null {
  const found = ['x86_64-linux-gnu', 'aarch64-linux-gnu']
    .map((triplet) => `/usr/lib/${triplet}/faketime/libfaketime.so.1`)
    .find((file) => existsSync(file));
  return found ?? null;
}

/** Where a directory is a control group that only says where a process belongs, of either version; or null. */
export function containerGroups(): string | null {
  for (const directory of ['/sys/fs/cgroup/pids', '/sys/fs/cgroup/unified', '/sys/fs/cgroup'])
    if (existsSync(`${directory}/cgroup.procs`)) return directory;
  return null;
}

export interface MemoryGroups {
  /** Below it, a directory is a group of its own. */
  readonly directory: string;
  /** The file in it that takes the limit in bytes. */
  readonly limit: string;
}

/** Control groups of either version in which memory can be limited, or null. */
export function memoryGroups(): MemoryGroups | null {
  if (existsSync('/sys/fs/cgroup/memory/memory.limit_in_bytes'))
    return { directory: '/sys/fs/cgroup/memory', limit: 'memory.limit_in_bytes' };
  const root = '/sys/fs/cgroup';
  try {
    const able = /\bmemory\b/.test(readFileSync(`${root}/cgroup.subtree_control`, 'latin1'));
    return able ? { directory: root, limit: 'memory.max' } : null;
  } catch {
    return null;
  }
}

/** A program of the lab's own that is run as it is. */
export function labProgram(name: string): string {
  return path.join(process.env['WHOBLOCKED_ROOT'] ?? process.cwd(), 'lab/world', name);
}

/** Puts itself into a sandbox, then becomes the command behind its first word. */
export const sandboxed = labProgram('sandboxed.py');

/** Programs of packages that are only unpacked (scripts/unpack.mjs tells why). */
export const unpackedPrograms = [
  'openresolv',
  'resolvconf',
  'udhcpc',
  'dhcpcd',
  'chrony',
  'NetworkManager',
  'NetworkManager-openvpn',
  'crowdsec',
] as const;
export type UnpackedProgram = (typeof unpackedPrograms)[number];

/** The folder that holds the package as if it were installed there, or null. */
export function unpackedPlace(name: UnpackedProgram): string | null {
  const folder = `/var/cache/whoblocked-lab/${name}`;
  return existsSync(folder) ? folder : null;
}

/** A script that runs a program of such a package with the libraries that were unpacked beside it. */
export function unpackedScript(root: string, program: string): string {
  const libraries = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].flatMap((triplet) => [`${root}/usr/lib/${triplet}`, `${root}/lib/${triplet}`]); // prettier-ignore
  return `#!/bin/sh\nLD_LIBRARY_PATH=${libraries.join(':')} exec ${root}/usr/${program} "$@"\n`;
}

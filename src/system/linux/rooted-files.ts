import fs from 'node:fs';
import type { FileResult, Files } from '../../model/system.js';
import { errnoName } from '../errno-names.js';
import { cString } from './c-string.js';
import type { Libc } from './libc.js';

const RESOLVE_NO_MAGICLINKS = 0x02;
const RESOLVE_IN_ROOT = 0x10;
const O_PATH = 0o10000000;
const defaultMaxBytes = 1024 * 1024;

/** What a program reads to find names and to trust certificates. */
const ownPlaces = [
  '/etc/resolv.conf',
  '/etc/hosts',
  '/etc/nsswitch.conf',
  '/etc/gai.conf',
  '/etc/ssl/',
  '/etc/pki/',
  '/usr/local/share/certs/',
];

/**
 * The same files as ever, but what a program in another root reads by itself comes from there. Links are followed below
 * that root alone, and only regular files are read: nothing in it can lead out, or hold us up.
 */
export function rootedFiles(outside: Files, libc: Libc, root: number, extra: readonly string[]): Files {
  const isOwn = (path: string): boolean =>
    ownPlaces.some((place) =>
      place.endsWith('/') ? path.startsWith(place) || `${path}/` === place : path === place,
    ) || extra.includes(path);
  const open = (path: string, flags: number): number | string => {
    const how = new BigUint64Array(new ArrayBuffer(24));
    how.set([BigInt(flags | 0o2000000), 0n, BigInt(RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS)]); // O_CLOEXEC
    const fd = libc.openat2(root, cString(path), new Uint8Array(how.buffer), 24);
    return fd < 0 ? errnoName(libc.errno()) : fd;
  };
  const opened = <T>(path: string, flags: number, work: (fd: number) => T): T | string => {
    const fd = open(path, flags);
    if (typeof fd === 'string') return fd;
    try {
      return work(fd);
    } catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
    } finally {
      libc.close(fd);
    }
  };
  const read = (path: string, maxBytes: number, fromEnd: boolean): FileResult => {
    const result = opened(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK, (fd) => {
      const stat = fs.fstatSync(fd);
      if (!stat.isFile()) return { ok: false, code: stat.isDirectory() ? 'EISDIR' : 'not a regular file' } as const;
      const start = fromEnd ? Math.max(0, stat.size - maxBytes) : 0;
      const buffer = Buffer.alloc(Math.min(stat.size - start, maxBytes));
      const count = fs.readSync(fd, buffer, 0, buffer.length, start);
      const truncated = fromEnd ? start > 0 : stat.size > maxBytes;
      return { ok: true, bytes: new Uint8Array(buffer.subarray(0, count)), truncated } as const;
    });
    return typeof result === 'string' ? { ok: false, code: result } : result;
  };
  const rooted: Files = {
    read: (path, maxBytes = defaultMaxBytes) =>
      isOwn(path) ? Promise.resolve(read(path, maxBytes, false)) : outside.read(path, maxBytes),
    tail: (path, maxBytes) =>
      isOwn(path) ? Promise.resolve(read(path, maxBytes, true)) : outside.tail(path, maxBytes),
    stat: (path) => {
      if (!isOwn(path)) return outside.stat(path);
      const result = opened(path, O_PATH, (fd) => {
        const stat = fs.fstatSync(fd);
        const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : stat.isSocket() ? 'socket' : 'other';
        const { mode, uid, gid, dev, ino } = stat;
        return { kind, mode: mode & 0o7777, uid, gid, device: dev, inode: ino } as const;
      });
      return Promise.resolve(result);
    },
    list: (directory, maxEntries = 10_000) => {
      if (!isOwn(directory)) return outside.list(directory, maxEntries);
      const names = opened(directory, fs.constants.O_RDONLY | fs.constants.O_DIRECTORY, (fd) =>
        namesIn(`/proc/self/fd/${fd}`, maxEntries),
      );
      return Promise.resolve(typeof names === 'string' ? null : names);
    },
    link: (path) => {
      if (!isOwn(path)) return outside.link(path);
      const text = opened(path, O_PATH | fs.constants.O_NOFOLLOW, (fd) => {
        const bytes = new Uint8Array(new ArrayBuffer(4096));
        const count = libc.readlinkat(fd, cString(''), bytes, bytes.length);
        return count > 0 ? { link: Buffer.from(bytes.subarray(0, count)).toString('utf8') } : { link: null };
      });
      return Promise.resolve(typeof text === 'string' ? null : text.link);
    },
    readAll: (paths, maxBytes) =>
      paths.some(isOwn)
        ? Promise.all(paths.map((path) => rooted.read(path, maxBytes)))
        : outside.readAll(paths, maxBytes),
    // Nobody asks these of what is the program's own.
    linkAll: (paths) => (paths.some(isOwn) ? Promise.resolve(paths.map(() => null)) : outside.linkAll(paths)),
    links: (directory, maxEntries) => (isOwn(directory) ? Promise.resolve(null) : outside.links(directory, maxEntries)),
    details: (path) => (isOwn(path) ? Promise.resolve('ENOTSUP') : outside.details(path)),
    exists: (path) =>
      isOwn(path) ? Promise.resolve(typeof opened(path, O_PATH, () => true) !== 'string') : outside.exists(path),
  };
  return rooted;
}

function namesIn(directory: string, maxEntries: number): string[] {
  const names: string[] = [];
  const entries = fs.opendirSync(directory);
  try {
    while (names.length < maxEntries) {
      const entry = entries.readSync();
      if (entry === null) break;
      names.push(entry.name);
    }
  } finally {
    entries.closeSync();
  }
  return names.toSorted();
}

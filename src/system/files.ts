import fs from 'node:fs';
import { promisify } from 'node:util';
import type { FileResult, Files, FileStat } from '../model/system.js';

const defaultMaxBytes = 1024 * 1024;
const defaultMaxEntries = 10_000;
/** Files of /proc claim to be empty, so that sizes tell nothing: read in pieces until the end or the bound. */
const pieceBytes = 64 * 1024;

// What each diagnosis reads goes without fs.promises, whose module takes 2 ms to load.
const open = promisify(fs.open);
const stat = promisify(fs.fstat);
const close = promisify(fs.close);
const readLink = promisify(fs.readlink);
const read = promisify(fs.read) as (fd: number, buffer: Uint8Array) => Promise<{ bytesRead: number }>;

/**
 * Always on this computer, and small: read at once, which takes a twentieth less of the processor than by the thread pool. Not
 * so the tables of /proc/net, which the kernel may take long to write, and what belongs to another process.
 */
const small = /^\/(?:(?:etc|proc\/sys|sys\/class\/net)(?:\/|$)|proc\/self\/(?:ns\/)?\w+$|proc\/net\/(?:dev|if_inet6)$)/;

export const realFiles: Files = {
  read: async (path, maxBytes = defaultMaxBytes): Promise<FileResult> => {
    if (small.test(path)) return readAtOnce(path, maxBytes);
    // O_NONBLOCK: opening a FIFO that nobody writes would wait for ever.
    const fd = await open(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK).catch(codeOf);
    if (typeof fd === 'string') return { ok: false, code: fd };
    try {
      const kind = await stat(fd);
      if (kind.isDirectory()) return { ok: false, code: 'EISDIR' };
      if (!kind.isFile()) return { ok: false, code: 'not a regular file' };
      return await readPieces(fd, maxBytes);
    } catch (error) {
      return { ok: false, code: codeOf(error) };
    } finally {
      await close(fd).catch(() => undefined);
    }
  },
  list: async (directory, maxEntries = defaultMaxEntries) => {
    try {
      if (small.test(directory)) return fs.readdirSync(directory).slice(0, maxEntries).toSorted();
      const names: string[] = [];
      for await (const entry of await fs.promises.opendir(directory)) {
        if (names.length === maxEntries) break; // leaving the loop closes the directory
        names.push(entry.name);
      }
      return names.toSorted();
    } catch {
      return null;
    }
  },
  tail: async (path, maxBytes) => {
    const file = await fs.promises.open(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK).catch(codeOf);
    if (typeof file === 'string') return { ok: false, code: file };
    try {
      const kind = await file.stat();
      if (!kind.isFile()) return { ok: false, code: 'not a regular file' };
      const start = Math.max(0, kind.size - maxBytes);
      const { bytesRead, buffer } = await file.read(new Uint8Array(maxBytes), 0, maxBytes, start);
      return { ok: true, bytes: buffer.subarray(0, bytesRead), truncated: start > 0 };
    } catch (error) {
      return { ok: false, code: codeOf(error) };
    } finally {
      await file.close().catch(() => undefined);
    }
  },
  stat: async (path) => {
    const stat = small.test(path) ? statAtOnce(path) : await fs.promises.stat(path).catch(codeOf);
    if (typeof stat === 'string') return stat;
    const { mode, uid, gid, dev, ino } = stat;
    return { kind: kindOf(stat), mode: mode & 0o7777, uid, gid, device: dev, inode: ino };
  },
  link: (path) => (small.test(path) ? Promise.resolve(linkAtOnce(path)) : readLink(path).catch(() => null)),
  linkAll: (paths) => Promise.resolve(paths.map(linkAtOnce)),
  // At once: a call each through the thread pool takes four times as much of the processor (measured).
  links: (directory, maxEntries = defaultMaxEntries) => Promise.resolve(linksIn(directory, maxEntries)),
  readAll: (paths, maxBytes) => Promise.resolve(paths.map((path) => readAtOnce(path, maxBytes))),
  details: async (path) => {
    const found = await fs.promises.lstat(path).catch(codeOf);
    if (typeof found === 'string') return found;
    const { mode, uid, gid, size, dev, ino, nlink, mtimeMs } = found;
    return {
      kind: found.isSymbolicLink() ? 'link' : kindOf(found),
      mode: mode & 0o7777,
      uid,
      gid,
      size,
      modified: mtimeMs,
      device: dev,
      inode: ino,
      names: nlink,
    };
  },
  exists: (path) =>
    small.test(path)
      ? Promise.resolve(fs.existsSync(path))
      : fs.promises.access(path).then(
          () => true,
          () => false,
        ),
};

function kindOf(stat: fs.Stats): FileStat['kind'] {
  return stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : stat.isSocket() ? 'socket' : 'other';
}

function statAtOnce(path: string): fs.Stats | string {
  try {
    return fs.statSync(path);
  } catch (error) {
    return codeOf(error);
  }
}

function linkAtOnce(path: string): string | null {
  try {
    return fs.readlinkSync(path);
  } catch {
    return null;
  }
}

function linksIn(directory: string, maxEntries: number): ReadonlyMap<string, string> | null {
  let names: string[];
  try {
    names = fs.readdirSync(directory);
  } catch {
    return null;
  }
  const found = new Map<string, string>();
  for (const name of names.slice(0, maxEntries)) {
    try {
      found.set(name, fs.readlinkSync(`${directory}/${name}`));
    } catch {
      // no link, or gone meanwhile
    }
  }
  return found;
}

/** The same as `read`, without the thread pool: a small file takes five calls through it. */
function readAtOnce(path: string, maxBytes: number): FileResult {
  let fd: number;
  try {
    fd = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
  } catch (error) {
    return { ok: false, code: codeOf(error) };
  }
  try {
    const kind = fs.fstatSync(fd);
    if (kind.isDirectory()) return { ok: false, code: 'EISDIR' };
    if (!kind.isFile()) return { ok: false, code: 'not a regular file' };
    const pieces: Uint8Array[] = [];
    let total = 0;
    while (total <= maxBytes) {
      const piece = new Uint8Array(Math.min(pieceBytes, maxBytes + 1 - total));
      const bytesRead = fs.readSync(fd, piece);
      if (bytesRead === 0) break;
      pieces.push(piece.subarray(0, bytesRead));
      total += bytesRead;
    }
    return whole(pieces, total, maxBytes);
  } catch (error) {
    return { ok: false, code: codeOf(error) };
  } finally {
    fs.closeSync(fd);
  }
}

function whole(pieces: readonly Uint8Array[], total: number, maxBytes: number): FileResult {
  const bytes = new Uint8Array(Buffer.concat(pieces));
  return { ok: true, bytes: bytes.subarray(0, maxBytes), truncated: total > maxBytes };
}

async function readPieces(fd: number, maxBytes: number): Promise<FileResult> {
  const pieces: Uint8Array[] = [];
  let total = 0;
  // One byte beyond the bound shows that there is more.
  while (total <= maxBytes) {
    const piece = new Uint8Array(Math.min(pieceBytes, maxBytes + 1 - total));
    const { bytesRead } = await read(fd, piece);
    if (bytesRead === 0) break;
    pieces.push(piece.subarray(0, bytesRead));
    total += bytesRead;
  }
  return whole(pieces, total, maxBytes);
}

/** The error's code; anything else that was thrown is a fault of ours. */
function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}

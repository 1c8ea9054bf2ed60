import fs from 'node:fs';
import { dirname } from 'node:path';
import { Cannot } from '../model/cannot.js';
import type { Disk, FileContent, HeldLock } from '../model/disk.js';
import { flockFile } from './linux/flock.js';

const { O_RDONLY, O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_DIRECTORY } = fs.constants;

/** The disk of this machine. */
export const realDisk: Disk = {
  ownDirectory: (path) =>
    step(`the directory ${path}`, async () => {
      // Not all at once: Node tells of a file system that can only be read as if something were missing (ENOENT).
      await fs.promises.mkdir(dirname(path), { recursive: true, mode: 0o700 }).catch(() => undefined);
      await fs.promises.mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
        if (codeOf(error) !== 'EEXIST') throw error;
      });
      const stat = await fs.promises.lstat(path);
      if (!stat.isDirectory()) throw new Cannot(`${path} is not a directory`);
      const uid = process.geteuid?.();
      if (uid !== undefined && stat.uid !== uid) throw new Cannot(`${path} belongs to somebody else`);
      if ((stat.mode & 0o077) !== 0) throw new Cannot(`${path} is open to others (its rights must be 0700)`);
    }),
  read: (path, maxBytes) =>
    step(path, async () => {
      const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error: unknown) => {
        if (codeOf(error) === 'ENOENT') return null;
        throw error;
      });
      if (file === null) return null;
      try {
        const stat = await file.stat();
        if (!stat.isFile()) throw new Cannot(`${path} is not an ordinary file`);
        if (stat.size > maxBytes) throw new Cannot(`${path} is longer than ${maxBytes} bytes`);
        const bytes = new Uint8Array(await file.readFile());
        const content: FileContent = { bytes, mode: stat.mode & 0o7777, uid: stat.uid, gid: stat.gid };
        return content;
      } finally {
        await file.close();
      }
    }),
  create: (path, bytes, { mode, uid, gid }) =>
    step(path, async () => {
      const file = await open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
      try {
        await file.writeFile(bytes);
        const stat = await file.stat();
        if (stat.uid !== uid || stat.gid !== gid) await file.chown(uid, gid);
        await file.chmod(mode);
      } finally {
        await file.close();
      }
    }),
  place: (path, bytes, { mode, uid, gid }, modified) =>
    step(path, async () => {
      const folder = await folderOf(path);
      try {
        const name = path.slice(path.lastIndexOf('/') + 1);
        const file = await open(`/proc/self/fd/${folder.fd}/${name}`, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
        try {
          await file.writeFile(bytes);
          await file.chown(uid, gid);
          await file.chmod(mode);
          await file.utimes(modified, modified);
        } finally {
          await file.close();
        }
      } finally {
        await folder.close();
      }
    }),
  unplace: (path) =>
    step(path, async () => {
      const folder = await folderOf(path);
      try {
        await fs.promises.rm(`/proc/self/fd/${folder.fd}/${path.slice(path.lastIndexOf('/') + 1)}`, { force: true });
      } finally {
        await folder.close();
      }
    }),
  overwrite: (path, bytes) =>
    step(path, async () => {
      const file = await open(path, O_WRONLY | O_NOFOLLOW | O_NONBLOCK);
      try {
        let done = 0;
        while (done < bytes.length) {
          const { bytesWritten } = await file.write(bytes, done, bytes.length - done, done);
          done += bytesWritten;
        }
        await file.truncate(bytes.length);
      } finally {
        await file.close();
      }
    }),
  sync: (path) => step(path, () => synced(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)),
  syncDirectory: (path) => step(path, () => synced(path, O_RDONLY | O_DIRECTORY)),
  move: (from, to) =>
    step(to, async () => {
      try {
        await fs.promises.rename(from, to);
        return true;
      } catch (error) {
        // Something is mounted on it: containers have their /etc/hosts so.
        if (codeOf(error) === 'EBUSY') return false;
        throw error;
      }
    }),
  remove: (path) => step(path, () => fs.promises.rm(path, { force: true })),
  list: (path) => step(path, () => fs.promises.readdir(path)),
  makeDirectory: (path) =>
    step(path, async () => {
      try {
        await fs.promises.mkdir(path, { mode: 0o755 });
        // Whatever the umask of whoever started this is.
        await fs.promises.chmod(path, 0o755);
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error;
      }
    }),
  removeEmptyDirectory: (path) =>
    step(path, async () => {
      try {
        await fs.promises.rmdir(path);
      } catch (error) {
        if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTEMPTY') throw error;
      }
    }),
  lock: (path) => step<HeldLock | null>(path, () => Promise.resolve(flockFile(path))),
};

function open(path: string, flags: number, mode?: number): Promise<fs.promises.FileHandle> {
  return fs.promises.open(path, flags, mode);
}

/** Opened from the root on, one folder after the other, each through the one before: whoever moves one meanwhile is too late. */
async function folderOf(path: string): Promise<fs.promises.FileHandle> {
  let folder = await open('/', O_RDONLY | O_DIRECTORY);
  for (const name of path.split('/').slice(1, -1)) {
    const above = folder;
    try {
      folder = await open(`/proc/self/fd/${above.fd}/${name}`, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    } finally {
      await above.close();
    }
  }
  return folder;
}

async function synced(path: string, flags: number): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

const words: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there and cannot be made',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EROFS: 'it is on a file system that can only be read',
  EACCES: 'this user may not write there',
  EPERM: 'it may not be changed (is it immutable, or of a group that is not yours?)',
  ELOOP: 'it is a symbolic link',
  EIO: 'the disk fails',
  EEXIST: 'it exists already',
};

async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    if (code === null) throw error;
    throw new Cannot(`${what}: ${words[code] ?? code}`);
  }
}

/** Null for what is no error of the operating system. */
function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.name !== 'Cannot'
    ? error.code
    : null;
}

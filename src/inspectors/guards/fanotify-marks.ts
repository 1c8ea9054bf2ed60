/**
 * What a program has asked the kernel to be told of files, as /proc/PID/fdinfo shows it (fs/notify/fdinfo.c). All numbers
 * are hexadecimal; devices are written in the kernel's own way, 20 bits for the minor one.
 */
export interface FanotifyGroup {
  readonly marks: readonly FanotifyMark[];
  /** There were more than are kept. */
  readonly truncated: boolean;
}

export interface FanotifyMark {
  readonly on: 'file' | 'mount' | 'file-system';
  /** As stat(2) gives it; null for a mount. */
  readonly device: number | null;
  readonly inode: number | null;
  readonly mount: number | null;
  /** It is asked before a file is opened, read or run. */
  readonly decides: boolean;
  /** Of a directory: what lies right in it is meant too. */
  readonly children: boolean;
}

const mostMarks = 100_000;
/** FAN_OPEN_PERM, FAN_ACCESS_PERM, FAN_OPEN_EXEC_PERM, FAN_PRE_ACCESS; FAN_EVENT_ON_CHILD (linux/fanotify.h). */
const asksBefore = 0x10000 | 0x20000 | 0x40000 | 0x100000;
const onChild = 0x0800_0000;

/** Null for a text that is none of fanotify's. */
export function parseFanotify(text: string): FanotifyGroup | null {
  if (!/^fanotify flags:/m.test(text)) return null;
  const lines = text.split('\n', mostMarks + 10).filter((line) => / mask:/.test(line));
  return { marks: lines.slice(0, mostMarks).flatMap(markIn), truncated: lines.length > mostMarks };
}

function markIn(line: string): FanotifyMark[] {
  const field = (name: string): number | null => {
    const digits = new RegExp(`(?:^|\\s)${name}:([0-9a-f]{1,16})(?:\\s|$)`).exec(line)?.[1];
    return digits === undefined ? null : Number.parseInt(digits, 16);
  };
  const [mask, mount, inode, device] = [field('mask'), field('mnt_id'), field('ino'), field('sdev')];
  if (mask === null || !line.startsWith('fanotify ')) return [];
  return [
    {
      on: mount !== null ? 'mount' : inode !== null ? 'file' : 'file-system',
      device: device === null ? null : asStat(device),
      inode,
      mount,
      decides: (mask & asksBefore) !== 0,
      children: (mask & onChild) !== 0,
    },
  ];
}

/** MKDEV (linux/kdev_t.h) to new_encode_dev, which stat(2) gives. */
function asStat(device: number): number {
  const [major, minor] = [Math.floor(device / 0x100000), device % 0x100000];
  return (minor & 0xff) + major * 256 + (minor & ~0xff) * 4096;
}

import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { release } from 'node:os';

/**
 * Whether nf_tables can be asked without making the kernel load it: both a netlink socket of netfilter and a message to
 * nf_tables are answered by request_module() where it is missing (netlink_create, nfnetlink_rcv_msg), and a diagnosis
 * changes nothing. Null when it is there, else the reason.
 */
export function nfTablesMissing(): string | null {
  if (existsSync('/sys/module/nf_tables')) return null;
  // A kernel without modules cannot load any: asking is harmless, and the answer tells.
  if (!existsSync('/proc/modules')) return null;
  if (builtIn(`/lib/modules/${release()}/modules.builtin`)) return null;
  if (configured(`/boot/config-${release()}`) || symbolExists()) return null;
  return 'nf_tables is not loaded, so no rule of it can have stopped anything';
}

function builtIn(list: string): boolean {
  return textOf(list).includes('/nf_tables.ko');
}

function configured(file: string): boolean {
  return /^CONFIG_NF_TABLES=y$/m.test(textOf(file));
}

/** Last, since it takes 20 to 50 ms: the kernel's own list of its symbols, which anybody may read. */
function symbolExists(): boolean {
  const needle = Buffer.from(' nf_tables_newtable');
  const piece = Buffer.alloc(1 << 20);
  let kept = 0;
  let file = -1;
  try {
    file = openSync('/proc/kallsyms', 'r');
    for (let i = 0; i < 64; i++) {
      const count = readSync(file, piece, kept, piece.length - kept, null);
      if (count === 0) return false;
      if (piece.subarray(0, kept + count).includes(needle)) return true;
      // The name may lie across two pieces.
      const tail = Math.min(needle.length, kept + count);
      piece.copy(piece, 0, kept + count - tail, kept + count);
      kept = tail;
    }
    return false;
  } catch {
    return false;
  } finally {
    if (file >= 0) closeSync(file);
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

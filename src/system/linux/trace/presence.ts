import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { release } from 'node:os';

/** 64 MiB in pieces of a page; the list has 5 to 15. */
const maxReads = 16_384;

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

/**
 * Last, since it takes 20 to 50 ms: the kernel's own list of its symbols, which anybody may read. The kernel hands it
 * out in pieces of a page, whatever was asked for.
 */
export function symbolExists(name = 'nf_tables_newtable'): boolean {
  const needle = Buffer.from(` ${name}`);
  const bytes = Buffer.alloc(1 << 16);
  let kept = 0;
  let file = -1;
  try {
    file = openSync('/proc/kallsyms', 'r');
    for (let i = 0; i < maxReads; i++) {
      const count = readSync(file, bytes, kept, bytes.length - kept, null);
      if (count === 0) return false;
      if (bytes.subarray(0, kept + count).includes(needle)) return true;
      // The name may lie across two pieces.
      const tail = Math.min(needle.length, kept + count);
      bytes.copy(bytes, 0, kept + count - tail, kept + count);
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

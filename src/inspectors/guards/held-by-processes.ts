import type { GuardHold } from '../../model/guard-facts.js';
import type { Files } from '../../model/system.js';
import { parseFanotify, type FanotifyGroup } from './fanotify-marks.js';

const mostProcesses = 4_000;
const mostFiles = 4_096;
const mostHeld = 64;
const mostBytes = 8 * 1024 * 1024;

/** A process, and what of it tells that it is a guard. */
export interface Holder {
  readonly pid: number;
  readonly groups: readonly FanotifyGroup[];
  /** Types of the BPF programs that it keeps. */
  readonly programs: readonly string[];
}

export interface HeldByProcesses {
  readonly processes: readonly { readonly pid: number; readonly name: string }[];
  readonly holders: readonly Holder[];
  /** Processes whose open files may not be looked at. */
  readonly hidden: number;
}

/** Walks through /proc once: names of all processes, and of those whose files may be read, what they hold in the kernel. */
export async function heldByProcesses(files: Files): Promise<HeldByProcesses> {
  const pids = ((await files.list('/proc', 100_000)) ?? []).filter((name) => /^\d+$/.test(name)).map(Number);
  const looked = pids.sort((a, b) => a - b).slice(0, mostProcesses);
  const names = await files.readAll(
    looked.map((pid) => `/proc/${pid}/comm`),
    64,
  );
  const found = await Promise.all(
    looked.map(async (pid, at) => {
      const name = names[at];
      if (!name?.ok) return [];
      return [{ pid, name: textOf(name.bytes).trim(), links: await files.links(`/proc/${pid}/fd`, mostFiles) }];
    }),
  );
  const present = found.flat();
  const holders = await Promise.all(present.flatMap(({ pid, links }) => (links ? [holderOf(pid, links, files)] : [])));
  return {
    processes: present.map(({ pid, name }) => ({ pid, name })),
    holders: holders.filter((one) => one !== null),
    hidden: pids.length - looked.length + present.filter(({ links }) => links === null).length,
  };
}

async function holderOf(pid: number, links: ReadonlyMap<string, string>, files: Files): Promise<Holder | null> {
  const held = [...links].filter(([, to]) => /^anon_inode:(?:\[fanotify\]|bpf-prog)$/.test(to)).slice(0, mostHeld);
  if (held.length === 0) return null;
  const infos = await Promise.all(held.map(([fd]) => files.read(`/proc/${pid}/fdinfo/${fd}`, mostBytes)));
  const texts = infos.flatMap((info) => (info.ok ? [textOf(info.bytes)] : []));
  const types = texts.flatMap((text) => /^prog_type:\s*(\d{1,3})$/m.exec(text)?.[1] ?? []);
  return {
    pid,
    groups: texts.flatMap((text) => parseFanotify(text) ?? []),
    programs: [...new Set(types.map((type) => programTypes[Number(type)] ?? `type ${type}`))],
  };
}

/** enum bpf_prog_type (linux/bpf.h), those that can stop or watch something. */
const programTypes: Readonly<Record<number, string>> = {
  2: 'kprobe',
  3: 'sched_cls',
  5: 'tracepoint',
  6: 'xdp',
  8: 'cgroup_skb',
  9: 'cgroup_sock',
  13: 'sock_ops',
  17: 'raw_tracepoint',
  18: 'cgroup_sock_addr',
  26: 'tracing',
  29: 'lsm',
};

export function holdsOf({ groups, programs }: Holder): GuardHold[] {
  const files = groups.map((group) => {
    const on = new Set(group.marks.map((mark) => mark.on));
    const widest = (['file-system', 'mount', 'file'] as const).find((one) => on.has(one)) ?? null;
    const decides = group.marks.some((mark) => mark.decides);
    return { what: 'files', decides, marks: group.marks.length, widest } as const;
  });
  return [...files, ...(programs.length > 0 ? [{ what: 'kernel-programs', types: programs } as const] : [])];
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

import type { PolicyProgram } from '../../model/policy-facts.js';
import type { System } from '../../model/system.js';

const mostProcesses = 2_000;
const mostFiles = 256;

/** Which process holds a program of the kernel, or the link by which it is attached (/proc/PID/fdinfo, proc(5)). */
export async function holdersOf(
  programs: readonly { readonly id: number }[],
  files: System['files'],
): Promise<Map<number, NonNullable<PolicyProgram['holder']>>> {
  const wanted = new Set(programs.map(({ id }) => id));
  const found = new Map<number, NonNullable<PolicyProgram['holder']>>();
  const pids = ((await files.list('/proc', 100_000)) ?? [])
    .filter((name) => /^\d+$/.test(name))
    .slice(0, mostProcesses);
  for (const pid of pids) {
    if (found.size === wanted.size) break;
    const open = ((await files.list(`/proc/${pid}/fd`, mostFiles)) ?? []).slice(0, mostFiles);
    const links = await Promise.all(open.map((fd) => files.link(`/proc/${pid}/fd/${fd}`)));
    for (const [at, fd] of open.entries()) {
      if (!/^anon_inode:\[?bpf[-_](?:prog|link)/.test(links[at] ?? '')) continue;
      const info = await files.read(`/proc/${pid}/fdinfo/${fd}`, 4_096);
      const id = Number(/^prog_id:\s*(\d+)/m.exec(info.ok ? Buffer.from(info.bytes).toString('latin1') : '')?.[1]);
      if (!wanted.has(id) || found.has(id)) continue;
      const name = await files.read(`/proc/${pid}/comm`, 64);
      const process = name.ok ? Buffer.from(name.bytes).toString('latin1').trim() : `process ${pid}`;
      found.set(id, { pid: Number(pid), process });
    }
  }
  return found;
}

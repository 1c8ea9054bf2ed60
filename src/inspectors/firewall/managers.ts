import { fact, type Facts, type FlowTrace } from '../../model/facts.js';
import type { ManagerLine } from '../../model/firewall-facts.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import type { System } from '../../model/system.js';
import { managerSigns } from './manager-programs.js';
import { ufwDefault, type UfwFile, ufwLine } from './ufw-files.js';

const mostProcesses = 20_000;
const mostBytes = 4 * 1024 * 1024;

/** Whether a rule's manager is still there, and what its own files say of the rule that stopped a packet of ours. */
export const firewallManagers: Gatherer<'device.firewallManagers'> = {
  fact: 'device.firewallManagers',
  needs: ['kernel.trace'],
  base: false,
  cost: 'local',
  platforms: ['linux'],
  privilege: 'root',
  async gather(facts, { system }) {
    const [processes, lines] = await Promise.all([processNames(system), linesOf(facts, system)]);
    const found = await Promise.all(
      managerSigns.map(async (sign) => {
        const runs = sign.processes.some((name) => processes?.has(name));
        return { id: sign.id, there: runs || (await anyExists(sign.files, system)) };
      }),
    );
    const ids = (there: boolean): string[] => found.filter((one) => one.there === there).map((one) => one.id);
    // Where processes cannot be listed, a missing file alone says nothing.
    return known({ installed: ids(true), absent: processes ? ids(false) : [], lines }, 'files of the managers');
  },
};

async function anyExists(files: readonly string[], system: System): Promise<boolean> {
  const found = await Promise.all(files.map((file) => system.files.exists(file)));
  return found.includes(true);
}

async function processNames(system: System): Promise<ReadonlySet<string> | null> {
  const entries = await system.files.list('/proc', mostProcesses);
  if (!entries) return null;
  const names = await Promise.all(
    entries
      .filter((entry) => /^\d+$/.test(entry))
      .map(async (pid) => {
        const comm = await system.files.read(`/proc/${pid}/comm`, 64);
        return comm.ok ? Buffer.from(comm.bytes).toString('utf8').trim() : '';
      }),
  );
  return new Set(names);
}

/** In the order in which ufw loads them: what comes first decides. Older versions keep the user's rules below /lib. */
const ufwFiles = {
  ip: ['/etc/ufw/user.rules', '/lib/ufw/user.rules', '/etc/ufw/before.rules', '/etc/ufw/after.rules'],
  ip6: ['/etc/ufw/user6.rules', '/lib/ufw/user6.rules', '/etc/ufw/before6.rules', '/etc/ufw/after6.rules'],
};

async function linesOf(facts: Facts, system: System): Promise<ManagerLine[]> {
  const flows = (fact(facts, 'kernel.trace')?.flows ?? []).filter(isOfUfw);
  if (flows.length === 0) return [];
  const paths = [...new Set([...ufwFiles.ip, ...ufwFiles.ip6, '/etc/default/ufw'])];
  const files = (await Promise.all(paths.map((path) => textOf(path, system)))).filter((file) => file !== null);
  const lines = flows.flatMap((flow) => lineOf(flow, files) ?? []);
  return lines.filter((line, i) => lines.findIndex((other) => other.location === line.location) === i);
}

function isOfUfw({ stoppedBy, excerpt }: FlowTrace): boolean {
  return stoppedBy !== null && (excerpt?.chains ?? []).some((name) => name.startsWith('ufw'));
}

/** Of the rules that led to the end, the nearest one that stands in ufw's files. */
function lineOf({ stoppedBy, excerpt }: FlowTrace, files: readonly UfwFile[]): ManagerLine | null {
  if (!stoppedBy || !excerpt) return null;
  const family = stoppedBy.family === 'ip6' ? 'ip6' : 'ip';
  const own = files.filter((file) => ufwFiles[family].includes(file.path));
  const defaults = files.find((file) => file.path === '/etc/default/ufw');
  const direction = /^ufw6?-(?:skip-to-policy|reject)-(\w+)$/.exec(stoppedBy.chain)?.[1];
  if (stoppedBy.kind === 'policy' || direction !== undefined)
    return defaults ? ufwDefault(direction ?? stoppedBy.chain, defaults) : null;
  const saved = excerpt.saved.filter((line) => /^-A ufw6?-/.test(line)).toReversed();
  for (const line of saved) {
    const found = ufwLine(line, own, files, family);
    if (found) return found;
  }
  return null;
}

async function textOf(path: string, system: System): Promise<UfwFile | null> {
  const file = await system.files.read(path, mostBytes);
  return file.ok ? { path, text: Buffer.from(file.bytes).toString('utf8') } : null;
}

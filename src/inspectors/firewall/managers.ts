import { fact, type Facts } from '../../model/facts.js';
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
  async gather(_facts, context) {
    const { system } = context;
    // Where the rules are being read as well, what they say is a place to look for too.
    await context.settled('device.firewall');
    const places = placesOf(context.latest());
    const [processes, lines, ufw] = await Promise.all([
      processNames(system),
      linesFor(places, system),
      textOf('/etc/ufw/ufw.conf', system),
    ]);
    const enabled = /^ENABLED=["']?yes/im.test(ufw?.text ?? '') ? ['ufw'] : [];
    const found = await Promise.all(
      managerSigns.map(async (sign) => {
        const runs = sign.processes.some((name) => processes?.has(name));
        return { id: sign.id, there: runs || (await anyExists(sign.files, system)) };
      }),
    );
    const ids = (there: boolean): string[] => found.filter((one) => one.there === there).map((one) => one.id);
    // Where processes cannot be listed, a missing file alone says nothing.
    return known(
      { installed: ids(true), enabled, absent: processes ? ids(false) : [], lines },
      'files of the managers',
    );
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

/** Where a packet of ours is stopped: the rules that lead there as iptables-save prints them, the deciding one last. */
interface StoppingPlace {
  readonly family: 'ip' | 'ip6';
  readonly chain: string;
  readonly isPolicy: boolean;
  readonly saved: readonly string[];
}

function placesOf(facts: Facts): StoppingPlace[] {
  const traced = (fact(facts, 'kernel.trace')?.flows ?? []).flatMap(({ stoppedBy, excerpt }) =>
    stoppedBy && (excerpt?.chains ?? []).some((name) => name.startsWith('ufw'))
      ? [placeOf(stoppedBy.family, stoppedBy.chain, stoppedBy.kind === 'policy', excerpt?.saved ?? [])]
      : [],
  );
  const read = (fact(facts, 'device.firewall')?.decisions ?? []).flatMap(({ owner, rule, policy }) => {
    const at = rule ?? policy;
    if (owner?.id !== 'ufw' || !at) return [];
    return [placeOf(at.family, at.chain, rule === null, rule?.text === undefined ? [] : [rule.text])];
  });
  return [...traced, ...read];
}

function placeOf(family: string, chain: string, isPolicy: boolean, saved: readonly string[]): StoppingPlace {
  return { family: family === 'ip6' ? 'ip6' : 'ip', chain, isPolicy, saved };
}

async function linesFor(places: readonly StoppingPlace[], system: System): Promise<ManagerLine[]> {
  if (places.length === 0) return [];
  const paths = [...new Set([...ufwFiles.ip, ...ufwFiles.ip6, '/etc/default/ufw'])];
  const files = (await Promise.all(paths.map((path) => textOf(path, system)))).filter((file) => file !== null);
  const lines = places.flatMap((place) => lineOf(place, files) ?? []);
  return lines.filter((line, i) => lines.findIndex((other) => other.location === line.location) === i);
}

/** Of the rules that led to the end, the nearest one that stands in ufw's files. */
function lineOf({ family, chain, isPolicy, saved }: StoppingPlace, files: readonly UfwFile[]): ManagerLine | null {
  const own = files.filter((file) => ufwFiles[family].includes(file.path));
  const defaults = files.find((file) => file.path === '/etc/default/ufw');
  const direction = /^ufw6?-(?:skip-to-policy|reject)-(\w+)$/.exec(chain)?.[1];
  if (isPolicy || direction !== undefined) return defaults ? ufwDefault(direction ?? chain, defaults) : null;
  for (const line of saved.filter((one) => /^-A ufw6?-/.test(one)).toReversed()) {
    const found = ufwLine(line, own, files, family);
    if (found) return found;
  }
  return null;
}

async function textOf(path: string, system: System): Promise<UfwFile | null> {
  const file = await system.files.read(path, mostBytes);
  return file.ok ? { path, text: Buffer.from(file.bytes).toString('utf8') } : null;
}

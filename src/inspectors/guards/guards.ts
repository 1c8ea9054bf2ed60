import type { Guard, GuardHold, GuardsFact } from '../../model/guard-facts.js';
import { fact, type Facts } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import type { System } from '../../model/system.js';
import { clamAge } from '../clamav/age.js';
import { clamSettings } from '../clamav/settings.js';
import { packetQueues } from '../firewall/packet-queues.js';
import { addedRoots } from './added-roots.js';
import { heldByProcesses, holdsOf } from './held-by-processes.js';

const mostGuards = 64;

/** Names are put to what was found by tables, which inspectors do not know. */
export interface GuardNames {
  readonly product: (process: string, program: string | null) => Guard['product'];
  readonly rootOf: (subject: string) => string | null;
}

/**
 * Who on this device may stop or change what others do, found by what he holds: fanotify, packet queues, programs in the
 * kernel; and roots that were added to the stores. Somebody who holds nothing is told of only where the table knows his
 * program: it runs, and that is all.
 */
export function guardsNamed(names: GuardNames): Gatherer<'device.guards'> {
  return {
    fact: 'device.guards',
    needs: [],
    base: false,
    cost: 'local',
    platforms: ['linux'],
    privilege: 'none',
    whenLate: { afterMs: 150 },
    async gather(facts, context) {
      const { system } = context;
      const [held, queues, found, scanners, modules] = await Promise.all([
        heldByProcesses(system.files),
        packetQueues(system),
        addedRoots(system, { wanted: wantedIn(facts), productOf: names.rootOf }),
        scannersOf(context),
        modulesOf(system),
      ]);
      const holds = new Map<number, GuardHold[]>(held.holders.map((holder) => [holder.pid, holdsOf(holder)]));
      for (const { number, pid } of queues)
        holds.set(pid, [...(holds.get(pid) ?? []), { what: 'packets', queue: number }]);
      const guards = await Promise.all(
        held.processes.map(async ({ pid, name }) => {
          const own = holds.get(pid);
          const program = own || names.product(name, null) ? await system.files.link(`/proc/${pid}/exe`) : null;
          const product = names.product(name, program);
          if (!own && !product) return [];
          return [{ pid, process: name, program, uid: await uidOf(pid, system), holds: own ?? [], product }];
        }),
      );
      const closed = held.hidden > 0 ? ['what other users’ programs hold, which only root may see'] : [];
      const { roots, others: otherRoots } = found;
      closed.push(...found.closed);
      return known(
        { guards: guards.flat().slice(0, mostGuards), roots, otherRoots, scanners, modules, closed },
        '/proc',
      );
    },
  };
}

/**
 * Roots that were added to this device, and by which a chain of this diagnosis holds; and whoever signed one that holds by
 * none: a browser may have him in a store of its own.
 */
function wantedIn(facts: Facts): ReadonlySet<string> {
  const all = [...(fact(facts, 'tls') ?? []), ...(fact(facts, 'redirects') ?? []).flatMap(({ tls }) => tls ?? [])];
  return new Set(
    all.flatMap(({ anchor, chain }) => {
      const top = chain.at(-1)?.issuer;
      if (anchor) return anchor.public ? [] : [anchor.fingerprint256];
      return top === undefined ? [] : [top];
    }),
  );
}

async function scannersOf({ system, signal }: Context): Promise<GuardsFact['scanners']> {
  const settings = await clamSettings(system.files);
  return settings ? [await clamAge(settings, system, signal)] : [];
}

/** Absent where securityfs is not mounted. */
async function modulesOf({ files }: System): Promise<readonly string[] | null> {
  const file = await files.read('/sys/kernel/security/lsm', 4_096);
  return file.ok ? Buffer.from(file.bytes).toString('latin1').trim().split(',').filter(Boolean) : null;
}

async function uidOf(pid: number, { files }: System): Promise<number | null> {
  const status = await files.read(`/proc/${pid}/status`, 8_192);
  const uid = /^Uid:\s+(\d{1,10})/m.exec(status.ok ? Buffer.from(status.bytes).toString('latin1') : '')?.[1];
  return uid === undefined ? null : Number(uid);
}

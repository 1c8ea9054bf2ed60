import { type LoggedPacket, parseNetfilterLine, saysAllowed } from '../../logs/netfilter-log.js';
import { canonical } from '../../model/address.js';
import { type Flow, failingFlows } from '../../model/failing-flows.js';
import { fact, type Facts } from '../../model/facts.js';
import type { FirewallLogFact, LegacyStep, LoggedBlocks } from '../../model/firewall-facts.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import { kernelLog, type Log, logFile } from '../logs/log-files.js';

const mostSteps = 200;
const mostBlocks = 8;
/** Where syslog puts what the kernel says, on Debian, Ubuntu, Fedora and others; ufw has a file of its own. */
const files = ['/var/log/ufw.log', '/var/log/kern.log', '/var/log/messages', '/var/log/firewalld'];

/** Lines of the firewall about packets to and from the places that failed. */
export const firewallLog: Gatherer<'device.firewallLog'> = {
  fact: 'device.firewallLog',
  needs: ['kernel.trace'],
  base: false,
  cost: 'local',
  platforms: ['linux'],
  privilege: 'root',
  async gather(facts, context) {
    const [kernel, ...written] = await Promise.all([
      kernelLog(context),
      ...files.map((file) => logFile(file, context)),
    ]);
    const logs = [kernel, ...written.filter((log) => log.why !== 'ENOENT')];
    const value: FirewallLogFact = {
      read: logs.filter((log) => log.lines !== null).map((log) => log.name),
      unread: logs.flatMap(({ name, why }) => (why === null ? [] : [{ log: name, why }])),
      blocks: failingFlows(facts)
        .flatMap((flow) => blocksOf(flow, logs))
        .slice(0, mostBlocks),
      legacy: legacySteps([...(kernel.lines ?? []), ...(fact(facts, 'kernel.trace')?.logged ?? [])], facts),
    };
    return known(value, value.read.join(', ') || 'no log');
  },
};

/** The same packets may stand in several logs: the one with most of them counts. */
function blocksOf(flow: Flow, logs: readonly Log[]): LoggedBlocks[] {
  const found = logs.flatMap((log) => countsIn(log, flow));
  return found.filter(
    (one) => !found.some((other) => other !== one && other.direction === one.direction && isMore(other, one, found)),
  );
}

function isMore(other: LoggedBlocks, one: LoggedBlocks, order: readonly LoggedBlocks[]): boolean {
  return other.count > one.count || (other.count === one.count && order.indexOf(other) < order.indexOf(one));
}

function countsIn({ name, lines }: Log, flow: Flow): LoggedBlocks[] {
  const address = canonical(flow.address);
  const counts = new Map<string, LoggedBlocks>();
  for (const line of lines ?? []) {
    const packet = line.includes(' DPT=') ? parseNetfilterLine(line) : null;
    const direction = packet && directionOf(packet, { ...flow, address });
    if (!packet || !direction || packet.trace || saysAllowed(packet)) continue;
    const key = `${direction} ${packet.prefix}`;
    const before = counts.get(key);
    counts.set(key, {
      ...flow,
      direction,
      prefix: packet.prefix,
      count: (before?.count ?? 0) + 1,
      first: before?.first ?? packet.at,
      last: packet.at,
      log: name,
    });
    if (counts.size >= mostBlocks) break;
  }
  return [...counts.values()];
}

function directionOf(packet: LoggedPacket, { protocol, address, port }: Flow): 'out' | 'in' | null {
  if (packet.protocol !== protocol) return null;
  if (packet.dport === port && canonical(packet.destination) === address) return 'out';
  return packet.sport === port && canonical(packet.source) === address ? 'in' : null;
}

/** In the order in which the packet met them. */
function legacySteps(lines: readonly string[], facts: Facts): LegacyStep[] {
  const flows = fact(facts, 'kernel.trace')?.flows ?? [];
  return lines
    .filter((line) => line.includes('TRACE: '))
    .flatMap((line): LegacyStep[] => {
      const packet = parseNetfilterLine(line);
      if (!packet?.trace) return [];
      for (const flow of flows) {
        const direction = directionOf(packet, { ...flow, address: canonical(flow.address) });
        const own = direction === 'out' ? packet.sport : packet.dport;
        if (direction && own === flow.localPort) return [{ localPort: flow.localPort, direction, ...packet.trace }];
      }
      return [];
    })
    .slice(-mostSteps);
}

import { familyOf } from '../../model/address.js';
import { fact, type Facts } from '../../model/facts.js';
import type { InboundFact } from '../../model/inbound.js';
import { processName } from '../evidence/listener-evidence.js';
import { refusedWayAdvice } from '../evidence/refused-way.js';
import { queueAdvice } from '../evidence/queue-advice.js';
import { listeningOn } from './listening.js';
import { type Obstacle, whom } from './obstacle.js';

/** The other side's family is one that this device has no address of. */
export function noAddress(facts: Facts, { ends, from }: InboundFact): Obstacle | null {
  if (ends.length > 0 || !fact(facts, 'device.interfaces')) return null;
  const family = from === null ? 'no' : familyOf(from) === 6 ? 'no IPv6' : 'no IPv4';
  return {
    cause: from === null ? 'network-down' : 'no-route',
    side: 'this-device',
    stage: 'route',
    certainty: 'confirmed',
    culprit: { kind: 'interface', name: `${family} address` },
    summary: `This computer has ${family} address at which others could reach it.`,
    advice: 'connect it to a network, or give it an address there',
    evidence: [
      {
        fact: 'device.interfaces',
        says: `none of its interfaces has ${family === 'no' ? 'an' : 'such an'} address for others`,
      },
    ],
  };
}

/** Answers have no way back: with a strict or a loose check of the way back even the question is dropped. */
export function noWayBack(_facts: Facts, { back, from, strict }: InboundFact): Obstacle | null {
  if (!back || from === null || back.type === 'local' || (back.type === 'unicast' && back.error === null)) return null;
  const words = back.error ?? `route of type ${back.type}`;
  return {
    cause: 'no-route',
    side: 'this-device',
    stage: 'route',
    certainty: 'confirmed',
    culprit: { kind: 'route', name: back.line ?? `no way to ${from}`, address: from },
    summary: `This computer has no way back to ${from}, so no answer of it can arrive there.`,
    advice: refusedWayAdvice(back.line) ?? `add a route to ${from} (ip route), or give this computer a router`,
    evidence: [
      { fact: 'inbound', says: `asked for the way to ${from}, the kernel says: ${words}` },
      ...(strict.length === 0
        ? []
        : [
            {
              fact: 'inbound' as const,
              says: `it even drops what comes from there (rp_filter on ${strict.join(', ')})`,
            },
          ]),
    ],
  };
}

export function tableFull(facts: Facts, _question: InboundFact): Obstacle | null {
  const table = fact(facts, 'device.limits')?.conntrack;
  if (!table || table.used < table.limit) return null;
  return {
    cause: 'conntrack-table-full',
    side: 'this-device',
    stage: 'connect',
    certainty: 'likely',
    culprit: { kind: 'limit', name: `nf_conntrack: ${table.used} of ${table.limit} entries` },
    summary:
      "The table in which this computer's firewall remembers connections is full, so that no new one gets through.",
    advice:
      'find out what opens so many connections (conntrack -L); then let it close them, or raise net.netfilter.nf_conntrack_max',
    evidence: [{ fact: 'device.limits', says: `${table.used} of ${table.limit} entries are in use` }],
  };
}

/** More connections wait than the program takes (sk_acceptq_is_full asks for more than the limit). */
export function queueFull(facts: Facts, question: InboundFact): Obstacle | null {
  if (question.protocol === 'udp') return null;
  const full = (listeningOn(facts, question)?.reachable ?? []).find(
    ({ backlog }) => backlog !== null && backlog.used > backlog.limit,
  );
  if (!full?.backlog) return null;
  const { used, limit } = full.backlog;
  return {
    cause: 'server-overloaded',
    side: 'this-device',
    stage: 'connect',
    certainty: 'likely',
    culprit: {
      kind: 'limit',
      name: `queue of ${full.process ?? 'the program'} on port ${full.port}: ${used} of ${limit}`,
      address: full.address,
    },
    summary: `${full.process ?? 'The program'} on port ${full.port} takes no connections: more wait already than may.`,
    advice: queueAdvice(facts, limit),
    evidence: [
      { fact: 'device.listeners', says: `${used} connections wait for ${processName(full)}, and ${limit} may` },
    ],
  };
}

/** More connections than may be are not answered yet, and the kernel makes no SYN cookies (tcp_conn_request). */
export function halfOpenFull(facts: Facts, question: InboundFact): Obstacle | null {
  const { halfOpen, port } = question;
  const [listener] = listeningOn(facts, question)?.reachable ?? [];
  const limit = listener?.backlog?.limit;
  if (!halfOpen || halfOpen.dropped === 0 || limit === undefined || halfOpen.waiting < limit) return null;
  const { waiting, dropped, ms } = halfOpen;
  return {
    cause: 'server-overloaded',
    side: 'this-device',
    stage: 'connect',
    certainty: 'likely',
    culprit: { kind: 'limit', name: `connections to port ${port} that are not answered yet: ${waiting} of ${limit}` },
    summary: `So many connections to port ${port} are opened and never answered that this computer throws new ones away.`,
    advice: 'let the kernel answer without remembering (sysctl net.ipv4.tcp_syncookies=1), and find out who opens them',
    evidence: [
      { fact: 'inbound', says: `${waiting} connections to that port wait for their answer, and ${limit} may` },
      { fact: 'inbound', says: `within ${ms} ms the kernel threw ${dropped} attempts away because of it` },
    ],
  };
}

export function filesUsedUp(facts: Facts, { port }: InboundFact): Obstacle | null {
  const full = (fact(facts, 'device.limits')?.listeners ?? []).find(({ used, limit }) => used >= limit);
  if (!full) return null;
  return {
    cause: 'too-many-open-files',
    side: 'this-device',
    stage: 'service',
    certainty: 'likely',
    culprit: {
      kind: 'limit',
      name: `open files of ${full.process} (process ${full.pid}): ${full.used} of ${full.limit}`,
    },
    summary: `${full.process} on port ${port} may open no more files, so it takes no connections.`,
    advice: 'raise its limit of open files (LimitNOFILE= in its unit), or find out what it does not close',
    evidence: [{ fact: 'device.limits', says: `process ${full.pid} has ${full.used} of ${full.limit} files open` }],
  };
}

export function deniedByWrapper(_facts: Facts, { denied, from }: InboundFact): Obstacle | null {
  if (!denied) return null;
  return {
    cause: 'client-banned',
    side: 'this-device',
    stage: 'service',
    certainty: 'confirmed',
    culprit: { kind: 'file', name: denied.text, location: denied.location, owner: 'tcp wrappers' },
    summary: `${denied.process} lets ${whom(from)} connect and then hangs up: ${denied.location} forbids it.`,
    advice: `allow it in /etc/hosts.allow (${denied.process}: ${whom(from)}), or take the line away`,
    evidence: [
      { fact: 'inbound', says: `${denied.location} holds for it: ${denied.text}` },
      { fact: 'inbound', says: `${denied.process} asks these files (it is linked with libwrap)` },
    ],
  };
}

import { familyOf, inPrefix } from '../../model/address.js';
import { fact, type Facts, type InterfaceFact, type RouteChoice } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import type { KnockOutcome, LinkAnswer, Links } from '../../model/links.js';
import { known, skipped } from '../../model/observed.js';
import { isSharedMac } from '../../model/shared-macs.js';
import { failedProbes } from '../../model/probed.js';
import type { LinkOwner, LinkOwners } from '../../model/way-facts.js';

const times = 2;
/** After the last question. An answer takes a millisecond by cable; by radio some devices are asleep for 100 to 200 ms. */
const waitMs = 130;
const mostTargets = 2;
const mostOwners = 4;
const mostInterfaces = 64;
/** The same answer each time tells a device from a packet that got lost. */
const knocks = 2;
const knockMs = 250;

/**
 * Who answers on the own link for the addresses that a failed connection hangs on: the target or the router before it, and
 * this device's own. Where several devices say that an address is theirs, each is sent the first packet of the connection
 * itself: the same packet, only to another device.
 */
export const linkOwners: Gatherer<'link.owners'> = {
  fact: 'link.owners',
  needs: ['connect', 'device.routes', 'device.interfaces'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'none',
  when: (facts, { system }) =>
    !system.links
      ? 'needs the right to send and see frames (CAP_NET_RAW)'
      : subjectsOf(facts).length === 0
        ? 'nothing of it is on a link with addresses'
        : null,
  async gather(facts, context) {
    const { links } = context.system;
    if (!links) return skipped('needs the right to send and see frames');
    const names = (fact(facts, 'device.interfaces') ?? []).slice(0, mostInterfaces).map(({ name }) => name);
    const ours = (await Promise.all(names.map((name) => macOf(name, context)))).filter((mac) => mac !== null);
    const found = await Promise.all(subjectsOf(facts).map((one) => ownersOf(one, ours, links, context)));
    const usable = found.filter((one) => typeof one !== 'string');
    const [why] = found.filter((one) => typeof one === 'string');
    return usable.length === 0 ? skipped(why ?? 'nobody could be asked') : known(usable, 'ARP and neighbour discovery');
  },
};

interface Subject {
  readonly address: string;
  readonly device: string;
  readonly index: number;
  readonly role: LinkOwners['role'];
  readonly source: string;
  readonly target: { readonly address: string; readonly port: number };
}

function subjectsOf(facts: Facts): Subject[] {
  const choices = fact(facts, 'device.routes')?.choices ?? [];
  const interfaces = fact(facts, 'device.interfaces') ?? [];
  const subjects = failedProbes(facts)
    .slice(0, mostTargets)
    .flatMap(({ address, port }): Subject[] => {
      const choice = choices.find((one) => one.address === address);
      const link = interfaces.find((one) => one.name === choice?.device);
      const source = choice && link ? sourceOf(choice, link) : null;
      if (!choice || !link || source === null || choice.type !== 'unicast') return [];
      const common = { device: link.name, index: link.index, source, target: { address, port } };
      const next = choice.via ?? address;
      return [
        { ...common, address: next, role: choice.via === null ? 'target' : 'gateway' },
        { ...common, address: source, role: 'own' },
      ];
    });
  return subjects.filter(
    (one, i) => subjects.findIndex((other) => other.address === one.address && other.device === one.device) === i,
  );
}

/** Whom the kernel would name as the sender; else an address of that interface, of the next hop's network if there is one. */
function sourceOf(choice: RouteChoice, link: InterfaceFact): string | null {
  if (choice.source !== null) return choice.source;
  const next = choice.via ?? choice.address;
  const own = link.addresses.filter(({ address }) => familyOf(address) === familyOf(next));
  const near = own.find(({ address, prefix }) => inPrefix(next, `${address}/${prefix}`));
  return (near ?? own.find(({ scope }) => scope === 'global') ?? own[0])?.address ?? null;
}

async function ownersOf(
  subject: Subject,
  ours: readonly string[],
  links: Links,
  context: Context,
): Promise<LinkOwners | string> {
  const { address, device, index, role, source, target } = subject;
  const isOwn = role === 'own';
  const question = { address, index, source: isOwn ? null : source, times, waitMs };
  const answers = await links.whoHas(question, context.signal);
  if (typeof answers === 'string') return answers;
  // Another interface of this very computer answers for its addresses too (arp(7), arp_ignore): that is no other device.
  const macs = distinct(answers)
    .filter((mac) => !isOwn || !ours.includes(mac))
    .slice(0, mostOwners);
  const probed = macs.length > 1 && !isOwn && familyOf(address) === 4;
  // Who answers for others (a router that stands in for hosts behind it) keeps silent to a probe (Linux, arp_process).
  // Not asked of IPv6, where a probe could take the address from a device that is just starting (RFC 4862, 5.4.3).
  const toProbe = probed ? await links.whoHas({ ...question, source: null }, context.signal) : answers;
  if (typeof toProbe === 'string') return toProbe;
  const owners = await Promise.all(
    macs.map(async (mac): Promise<LinkOwner> => {
      const own = toProbe.some((one) => one.mac === mac && one.override !== false);
      const tries = macs.length > 1 && !isOwn && own ? await knocksAt(mac, subject, links, context) : [];
      return { mac, own, knocks: tries, ...(isSharedMac(mac) && { shared: true as const }) };
    }),
  );
  const ownMac = isOwn ? await macOf(device, context) : null;
  return { address, device, role, owners, at: target, ...(ownMac !== null && { ownMac }) };
}

function distinct(answers: readonly LinkAnswer[]): string[] {
  return [...new Set(answers.map(({ mac }) => mac))];
}

async function knocksAt(mac: string, subject: Subject, links: Links, context: Context): Promise<KnockOutcome[]> {
  const outcomes: KnockOutcome[] = [];
  for (let i = 0; i < knocks && !context.signal.aborted; i++) {
    const { index, source, target } = subject;
    const outcome = await links.knock({ ...target, source, index, mac, timeoutMs: knockMs }, context.signal);
    if (outcome === null) break;
    outcomes.push(outcome);
  }
  return outcomes;
}

async function macOf(device: string, { system }: Context): Promise<string | null> {
  const read = await system.files.read(`/sys/class/net/${device}/address`, 64);
  return read.ok ? Buffer.from(read.bytes).toString('latin1').trim().slice(0, 17) : null;
}

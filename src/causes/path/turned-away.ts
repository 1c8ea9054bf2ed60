import { familyOf } from '../../model/address.js';
import type { Attempt } from '../../model/attempt.js';
import { fact, type FactKey, type Facts, type IcmpError } from '../../model/facts.js';
import { saysHostUnreachable } from '../../model/icmp.js';
import { classOf } from './icmp-words.js';

/** What a router said of another packet to the same address. */
export interface TurnedAway {
  readonly icmp: IcmpError & { readonly from: string };
  readonly says: 'prohibition' | 'unreachable';
  readonly fact: FactKey;
  /** "port 80 of the same address", "a packet of the trace" */
  readonly met: string;
}

/**
 * Routers limit their errors to about one a second: a connection of which each packet came at the wrong moment meets
 * silence, while something else that is sent to the same address is turned away in words. Of the same port these are about
 * the connection as well. Of another one only that there is no way, as long as none of the ports gets through. "Host
 * unreachable" is left out: somebody may say it after a search for a neighbour.
 */
export function turnedAwayElsewhere(
  { address, port }: Pick<Attempt, 'address' | 'port'>,
  facts: Facts,
): TurnedAway | null {
  if (address === null) return null;
  const of = <T extends { readonly address: string }>(all: readonly T[] | undefined): T[] =>
    (all ?? []).filter((one) => one.address === address);
  const told = of(fact(facts, 'connect.series')).find((one) => one.port === port)?.told;
  const own = told && saidBy(told, address);
  if (own) return { ...own, fact: 'connect.series', met: 'another packet to the same port' };
  const here = new Set(fact(facts, 'connect')?.map(({ first }) => first.localAddress));
  for (const { address: from, icmp } of of(fact(facts, 'path')).find((one) => one.port === port)?.hops ?? []) {
    if (from === null || icmp === null || here.has(from)) continue;
    const said = saidBy({ origin: familyOf(address) === 6 ? 'icmp6' : 'icmp', ...icmp, from }, address);
    if (said) return { ...said, fact: 'path', met: 'a packet of the trace' };
  }
  const [ports = []] = of(fact(facts, 'connect.ports')).map((one) => one.ports);
  const passes = ports.some(
    ({ failure, icmp }) => !failure || ((failure.code === 'refused' || failure.code === 'reset') && !icmp?.length),
  );
  if (passes) return null;
  for (const control of ports) {
    const said = control.icmp?.map((icmp) => saidBy(icmp, address)).find((one) => one?.says === 'unreachable');
    if (said && !here.has(said.icmp.from))
      return { ...said, fact: 'connect.ports', met: `port ${control.port} of the same address` };
  }
  return null;
}

function saidBy(icmp: IcmpError, address: string): Pick<TurnedAway, 'icmp' | 'says'> | null {
  const { origin, from } = icmp;
  const says = classOf(icmp, address);
  const isSearch = saysHostUnreachable(icmp, address);
  if (origin === 'local' || from === null || from === address || says === 'other' || isSearch) return null;
  return { icmp: { ...icmp, from }, says };
}

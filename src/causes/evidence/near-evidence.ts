import { fact } from '../../model/facts.js';
import type { Scene } from '../../model/cause.js';
import type { NearTry } from '../../model/way-facts.js';

/** Somebody nearer than the server accepted the connection: an opening packet that cannot get farther was answered. */
export interface AcceptedNear {
  readonly address: string;
  readonly port: number;
  /** How far that packet went. */
  readonly hopLimit: number;
  /** The router that turns back what goes to other ports with that hop limit. */
  readonly at: string;
  /** Hosts that have nothing to do with the target, and for which it accepts just the same. */
  readonly alike: readonly string[];
  /** What goes to such hosts comes by that router too: so it stands on this side, and is no front of the server's own. */
  readonly onCommonWay: boolean;
}

/** Null where it was not shown, or not measured. */
export function acceptedNear({ facts }: Scene): AcceptedNear | null {
  const found = fact(facts, 'connect.near');
  const hopLimit = nearestOf(found?.tries ?? []);
  if (!found || hopLimit === undefined) return null;
  const there = found.tries.filter((one) => one.hopLimit === hopLimit);
  const own = there.filter(({ as }) => as === 'target');
  if (own.length < 2 || !own.every(({ opened }) => opened)) return null;
  const at = there.find((one) => one.as === 'control' && turnedBack(one))?.expiredFrom;
  if (at === undefined || there.some((one) => one.as === 'control' && one.opened)) return null;
  const others = [...new Set(there.filter(({ as }) => as === 'elsewhere').map(({ address }) => address))];
  const controlsOf = (address: string): NearTry[] =>
    there.filter((one) => one.as === 'elsewhere-control' && one.address === address);
  const alike = others.filter((address) => {
    const asked = there.filter((one) => one.as === 'elsewhere' && one.address === address);
    const controls = controlsOf(address);
    return (
      asked.length >= 2 &&
      asked.every(({ opened }) => opened) &&
      controls.some((one) => turnedBack(one)) &&
      !controls.some(({ opened }) => opened)
    );
  });
  const onCommonWay =
    others.length > 0 && others.every((address) => controlsOf(address).some((one) => one.expiredFrom === at));
  return { address: found.address, port: found.port, hopLimit, at, alike, onCommonWay };
}

function turnedBack(one: NearTry): boolean {
  return one.expiredFrom !== undefined && one.expiredFrom !== one.address;
}

/** The least hop limit with which the connection opened. */
export function nearestOf(tries: readonly NearTry[]): number | undefined {
  return tries.find(({ as, opened }) => as === 'target' && opened)?.hopLimit;
}

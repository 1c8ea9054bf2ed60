import type { FailedAttempt } from '../../model/attempt.js';
import type { Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import type { LinkOwner, LinkOwners } from '../../model/way-facts.js';
import { routeOf } from './connection-evidence.js';

/** What the link says of the addresses that this attempt hangs on. */
export function ownersFor(attempt: FailedAttempt, scene: Scene): readonly LinkOwners[] {
  const route = routeOf(attempt, scene);
  if (!route) return [];
  const next = route.via ?? attempt.address;
  return (fact(scene.facts, 'link.owners') ?? []).filter(
    (one) => one.device === route.device && (one.role === 'own' ? one.address === route.source : one.address === next),
  );
}

/** Devices that say each for itself that the address is theirs. One only, or none, is no conflict. */
export function claimants({ role, owners, ownMac }: LinkOwners): readonly LinkOwner[] {
  const own = owners.filter((one) => one.own && one.mac !== ownMac);
  // Of this device's own address any other one is one too many.
  const enough = role === 'own' ? 1 : 2;
  return own.length >= enough && !own.some(({ shared }) => shared === true) ? own : [];
}

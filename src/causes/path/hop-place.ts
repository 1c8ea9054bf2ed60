import type { Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { scopeOf } from '../../model/address.js';
import type { Side } from '../../model/words.js';

export interface HopPlace {
  readonly side: Side;
  /** "your router", "a router on the way (203.0.113.1)" */
  readonly name: string;
}

/** Whose router that is, as far as this device's routes and the address tell. */
export function placeOf(address: string, { facts }: Pick<Scene, 'facts'>): HopPlace {
  const gateways = fact(facts, 'device.routes')?.defaults.flatMap((one) => one.via ?? []) ?? [];
  const chosen = fact(facts, 'device.routes')?.choices.flatMap((one) => one.via ?? []) ?? [];
  if (gateways.includes(address) || chosen.includes(address))
    return { side: 'local-network', name: `your router (${address})` };
  const scope = scopeOf(address);
  if (scope === 'private' || scope === 'link-local')
    return { side: 'local-network', name: `a router in your network (${address})` };
  return { side: 'path', name: `a router on the way (${address})` };
}

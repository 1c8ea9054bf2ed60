import { canonical, familyOf } from '../../model/address.js';
import type { Settings } from '../../model/settings.js';
import type { Endpoint } from '../dns/datagram-exchange.js';

const MAX_RESOLVERS = 4;

/** `192.0.2.53`, `192.0.2.53:5353`, `2001:db8::53`, `[2001:db8::53]:5353`; what is none of these is left out. */
export function referenceResolvers(settings: Settings): Endpoint[] {
  return settings.references.resolvers.slice(0, MAX_RESOLVERS).flatMap((text) => {
    if (familyOf(text) !== 0) return [{ address: canonical(text), port: 53 }];
    const [, address = '', port = ''] = /^\[?([^\]]+?)\]?:(\d{1,5})$/.exec(text) ?? [];
    return familyOf(address) !== 0 && Number(port) > 0 && Number(port) < 65_536
      ? [{ address: canonical(address), port: Number(port) }]
      : [];
  });
}

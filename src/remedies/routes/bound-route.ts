import { familyOf } from '../../model/address.js';
import type { Plan, Remedy } from '../../model/remedy.js';
import type { UnicastRoute } from '../../model/route-operations.js';
import { readUnicastRoute } from '../../operations/routes/unicast-route.js';
import { sizesOf } from './narrow-way.js';

/** The way to the target as the kernel takes it now; null where it cannot be said in words that could be taken back. */
type Looks = UnicastRoute | null;

/**
 * A route to this one address bounds what is sent to it, and so the segments that it is asked to send (the kernel derives the
 * MSS of a SYN from it: ipv4_default_advmss). The interface, and everything else by it, stays as it is.
 */
export const remedy: Remedy<Looks> = {
  id: 'bound-route',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: 'bounds packets to and from this one server to what the way carries',
  offers: (ailment) => sizesOf(ailment) !== null,
  async look(ailment, { system }) {
    const address = sizesOf(ailment)?.address ?? '';
    if (familyOf(address) === 0) return null;
    const shown = await system.run('ip', [`-${familyOf(address)}`, 'route', 'get', address], { timeoutMs: 5_000 });
    // `198.51.100.10 via 192.168.7.1 dev eth0 src 192.168.7.20 uid 0`, and lines of the cache.
    const line = shown.stdout.split('\n', 1)[0] ?? '';
    return shown.exit === 0 ? readUnicastRoute(line.replace(/ uid \d+/, '').replace(/ src \S+/, '')) : null;
  },
  plan(ailment, way): Plan | { readonly whyNot: string } {
    const sizes = sizesOf(ailment);
    if (sizes === null || sizes.largest === null || way === null)
      return { whyNot: 'which size passes, or by which way, is not known' };
    const { address, largest } = sizes;
    const family = familyOf(address) === 6 ? 6 : 4;
    if (family === 6 && largest < 1280)
      return { whyNot: `no more than ${largest} bytes pass, and IPv6 takes no less than 1280` };
    if (way.via === undefined) return { whyNot: `${address} is in a network of this computer's own` };
    const metric = family === 6 ? { metric: 1024 } : {};
    const add = { prefix: address, via: way.via, dev: way.dev, ...metric, mtu: largest };
    return {
      title: `bounds packets to and from ${address} to ${largest} bytes`,
      operations: [{ kind: 'route-set', family, table: 'main', remove: null, add }],
      opens: [],
      wider: false,
      mayCutOff: false,
      notes: [
        `only ${address}: other servers behind the same narrow place need the same`,
        'connections that are open already keep their size; it holds until the computer restarts or connects again',
      ],
    };
  },
};

import { familyOf } from '../../model/address.js';
import { fact } from '../../model/facts.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';
import type { PacketSizes } from '../../model/way-facts.js';
import { interfaceName } from '../../operations/routes/unicast-route.js';

/** The interface that leads to the target, and the size of its packets; null where that is not known. */
type Looks = { readonly name: string; readonly mtu: number } | null;

/** The interface says that no larger packets than those that pass are to be sent, or sent to it. */
export const remedy: Remedy<Looks> = {
  id: 'lower-mtu',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: 'bounds the size of packets to what the way carries',
  offers: (ailment) => sizesOf(ailment) !== null,
  async look(ailment, { system }) {
    const address = sizesOf(ailment)?.address ?? '';
    if (familyOf(address) === 0) return null;
    const bounds = { timeoutMs: 5_000 };
    const way = await system.run('ip', ['-j', 'route', 'get', address], bounds);
    const name = textIn(way.stdout, 'dev');
    if (way.exit !== 0 || name === null || !interfaceName.test(name)) return null;
    const link = await system.run('ip', ['-j', 'link', 'show', 'dev', name], bounds);
    const mtu = link.exit === 0 ? Number(textIn(link.stdout, 'mtu')) : 0;
    return mtu > 0 ? { name, mtu } : null;
  },
  plan(ailment, own): Plan | { readonly whyNot: string } {
    const size = sizesOf(ailment)?.largest ?? null;
    if (size === null || own === null) return { whyNot: 'which size passes, or by which interface, is not known' };
    // IPv6 takes no less than 1280 (RFC 8200, 5).
    if (size < 1280) return { whyNot: `no more than ${size} bytes pass, and IPv6 takes no less than 1280` };
    if (size >= own.mtu) return { whyNot: `${own.name} sends no larger packets than those that pass` };
    // A network that was set to more than Ethernet's 1500 is one for whose members that matters (IEEE 802.3).
    if (own.mtu > 1500)
      return { whyNot: `${own.name} carries ${own.mtu} bytes in its own network, which all there would lose` };
    return {
      title: `bounds packets on ${own.name} to ${size} bytes instead of ${own.mtu}`,
      operations: [{ kind: 'link-set', name: own.name, mtu: size }],
      opens: [],
      wider: false,
      mayCutOff: false,
      notes: [
        'every connection by that interface uses smaller packets, which costs little',
        'connections that are open already keep their size; it holds until the computer restarts or connects again',
      ],
    };
  },
};

function sizesOf({ facts }: Ailment): PacketSizes | null {
  return fact(facts, 'path.sizes')?.find(({ largest, tooLarge }) => largest !== null && tooLarge !== null) ?? null;
}

/** A value of the first object that ip prints as JSON. */
function textIn(printed: string, key: string): string | null {
  try {
    const found: unknown = JSON.parse(printed);
    const first: unknown = Array.isArray(found) ? found[0] : null;
    const value: unknown = typeof first === 'object' && first !== null ? Reflect.get(first, key) : null;
    return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
  } catch {
    return null;
  }
}

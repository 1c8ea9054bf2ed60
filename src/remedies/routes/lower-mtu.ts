import type { Plan, Remedy } from '../../model/remedy.js';
import { linkTowards, type OwnLink, sizesOf } from './narrow-way.js';

/** The interface says that no larger packets than those that pass are to be sent, or sent to it. */
export const remedy: Remedy<OwnLink | null> = {
  id: 'lower-mtu',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: 'bounds the size of packets to what the way carries',
  offers: (ailment) => sizesOf(ailment) !== null,
  look: (ailment, { system }) => linkTowards(ailment, system),
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

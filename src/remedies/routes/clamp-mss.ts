import type { Plan, Remedy } from '../../model/remedy.js';
import { linkTowards, type OwnLink, sizesOf } from './narrow-way.js';

interface Looks {
  readonly link: OwnLink | null;
  /** It passes on what others send: of IPv4, or of IPv6. */
  readonly forwards: boolean;
  readonly hasNft: boolean;
}

/** Of the headers without options: IPv4 and TCP 20 bytes each, IPv6 40. */
const headers = { four: 40, six: 60 } as const;

/**
 * A computer that passes packets on for others: those others do not see a smaller MTU of its interface unless they are told by
 * ICMP. Every connection that begins by it is told how large its segments may be instead.
 */
export const remedy: Remedy<Looks> = {
  id: 'clamp-mss',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: 'bounds the segments of connections, those of others that this computer passes on too',
  // Whether it passes anything on is not known before it is read.
  offers: () => false,
  async look(ailment, { system }) {
    const read = await Promise.all(
      ['ipv4/ip_forward', 'ipv6/conf/all/forwarding'].map((name) => system.files.read(`/proc/sys/net/${name}`, 16)),
    );
    const forwards = read.some((one) => one.ok && Buffer.from(one.bytes).toString('latin1').trim() === '1');
    if (!forwards) return { link: null, forwards, hasNft: false };
    const asked = await system.run('nft', ['--version'], { timeoutMs: 5_000 });
    return { link: await linkTowards(ailment, system), forwards, hasNft: asked.exit === 0 };
  },
  plan(ailment, { link, forwards, hasNft }): Plan | { readonly whyNot: string } {
    if (!forwards) return { whyNot: 'this computer passes nothing on for others' };
    const size = sizesOf(ailment)?.largest ?? null;
    if (size === null || link === null) return { whyNot: 'which size passes, or by which interface, is not known' };
    if (size < 1280) return { whyNot: `no more than ${size} bytes pass, and IPv6 takes no less than 1280` };
    if (size >= link.mtu) return { whyNot: `${link.name} sends no larger packets than those that pass` };
    const [four, six] = [size - headers.four, size - headers.six];
    // iptables has no table that would be ours alone, to be taken away whole.
    if (!hasNft)
      return {
        whyNot: `without the program nft it is not done; by hand, and by ip6tables with ${six} likewise (-D takes it back): sudo iptables -t mangle -A POSTROUTING -o ${link.name} -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss ${four}`,
      };
    return {
      title: `bounds the segments of connections by ${link.name} to ${four} bytes (${six} with IPv6), for all behind this computer too`,
      operations: [{ kind: 'nft-clamp', name: link.name, four, six }],
      opens: [],
      wider: false,
      mayCutOff: false,
      notes: [
        'it counts for TCP, for connections that begin from now on; what is sent by UDP keeps its size',
        'it holds until the computer restarts, or until somebody loads all rules of nftables anew',
      ],
    };
  },
};

import type { IptablesChain, Operation } from '../../model/operation.js';
import type { Plan, Remedy } from '../../model/remedy.js';
import type { NftClamp } from '../../model/rule-operations.js';
import type { System } from '../../model/system.js';
import { linkTowards, type OwnLink, sizesOf } from './narrow-way.js';

/** What bounds them: nft has a table of its own for it, iptables is there where nft is not. */
type By = 'nft' | `iptables-${IptablesChain['backend']}`;

interface Looks {
  readonly link: OwnLink | null;
  /** It passes on what others send: of IPv4, or of IPv6. */
  readonly forwards: boolean;
  readonly by: By | null;
  /** IPv6 likewise: of iptables where ip6tables is there, and IPv6 in the kernel. */
  readonly sixToo: boolean;
}

/** Of the headers without options: IPv4 and TCP 20 bytes each, IPv6 40. */
const headers = { four: 40, six: 60 } as const;
const bounds = { timeoutMs: 5_000 };

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
    if (!forwards) return { link: null, forwards, by: null, sixToo: false };
    const [link, by, hasSix, six] = await Promise.all([
      linkTowards(ailment, system),
      meansOf(system),
      system.files.exists('/proc/net/if_inet6'),
      system.run('ip6tables', ['--version'], bounds),
    ]);
    return { link, forwards, by, sixToo: by === 'nft' || (hasSix && six.exit === 0) };
  },
  plan(ailment, { link, forwards, by, sixToo }): Plan | { readonly whyNot: string } {
    if (!forwards) return { whyNot: 'this computer passes nothing on for others' };
    const size = sizesOf(ailment)?.largest ?? null;
    if (size === null || link === null) return { whyNot: 'which size passes, or by which interface, is not known' };
    if (size < 1280) return { whyNot: `no more than ${size} bytes pass, and IPv6 takes no less than 1280` };
    if (size >= link.mtu) return { whyNot: `${link.name} sends no larger packets than those that pass` };
    const [four, six] = [size - headers.four, size - headers.six];
    if (by === null) return { whyNot: 'neither nft nor iptables is there to do it' };
    const sixth = sixToo ? ` (${six} with IPv6)` : '';
    return {
      title: `bounds the segments of connections by ${link.name} to ${four} bytes${sixth}, for all behind this computer too`,
      operations: operationsOf(by, link.name, { four, six }, sixToo),
      opens: [],
      wider: false,
      mayCutOff: false,
      notes: [
        'it counts for TCP, for connections that begin from now on; what is sent by UDP keeps its size',
        'it holds until the computer restarts, or until somebody loads all rules of the firewall anew',
      ],
    };
  },
};

/** nft is of use only where the kernel has nftables; iptables says by which of its two backends it works. */
async function meansOf(system: System): Promise<By | null> {
  const nft = await system.run('nft', ['list', 'tables'], bounds);
  if (nft.exit === 0) return 'nft';
  const iptables = await system.run('iptables', ['--version'], bounds);
  if (iptables.exit !== 0) return null;
  return iptables.stdout.includes('nf_tables') ? 'iptables-nft' : 'iptables-legacy';
}

function operationsOf(by: By, name: string, sizes: Pick<NftClamp, 'four' | 'six'>, sixToo: boolean): Operation[] {
  if (by === 'nft') return [{ kind: 'nft-clamp', name, ...sizes }];
  const of = (family: 4 | 6, size: number): Operation => ({
    kind: 'iptables-clamp',
    backend: by === 'iptables-legacy' ? 'legacy' : 'nft',
    family,
    name,
    size,
  });
  return [of(4, sizes.four), ...(sixToo ? [of(6, sizes.six)] : [])];
}

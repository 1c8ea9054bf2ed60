import { type MatchModule, opaque, optionText, undecided } from './module.js';
import { compare } from './numbers.js';

/** iptables-extensions(8): what hangs on chance, on earlier packets, or on things that no packet description carries. */
const byChance: readonly (readonly [string, string, Readonly<Record<string, number>>])[] = [
  ['limit', 'limit', { limit: 1, 'limit-burst': 1 }],
  [
    'hashlimit',
    'limit for each address',
    {
      'hashlimit-upto': 1,
      'hashlimit-above': 1,
      'hashlimit-burst': 1,
      'hashlimit-mode': 1,
      'hashlimit-srcmask': 1,
      'hashlimit-dstmask': 1,
      'hashlimit-name': 1,
      'hashlimit-htable-size': 1,
      'hashlimit-htable-max': 1,
      'hashlimit-htable-expire': 1,
      'hashlimit-htable-gcinterval': 1,
      'hashlimit-rate-match': 0,
      'hashlimit-rate-interval': 1,
      hashlimit: 1,
    },
  ],
  [
    'connlimit',
    'number of connections',
    { 'connlimit-upto': 1, 'connlimit-above': 1, 'connlimit-mask': 1, 'connlimit-saddr': 0, 'connlimit-daddr': 0 },
  ],
  ['quota', 'quota', { quota: 1 }],
  ['nfacct', 'quota', { 'nfacct-name': 1 }],
  ['rateest', 'estimated rate', {}],
  ['statistic', 'chance', { mode: 1, probability: 1, every: 1, packet: 1 }],
  ['connbytes', 'traffic of the connection', { connbytes: 1, 'connbytes-dir': 1, 'connbytes-mode': 1 }],
  [
    'cluster',
    'node of a cluster',
    { 'cluster-total-nodes': 1, 'cluster-local-node': 1, 'cluster-local-nodemask': 1, 'cluster-hash-seed': 1 },
  ],
];

const notShown: readonly (readonly [string, string, Readonly<Record<string, number>>])[] = [
  ['string', 'asks for text in the payload', { algo: 1, from: 1, to: 1, string: 1, 'hex-string': 1, icase: 0 }],
  ['u32', 'asks for bits of the payload', { u32: 1 }],
  ['bpf', 'runs a program on the packet', { bytecode: 1, 'object-pinned': 1 }],
  [
    'physdev',
    'asks for the port of a bridge',
    { 'physdev-in': 1, 'physdev-out': 1, 'physdev-is-in': 0, 'physdev-is-out': 0, 'physdev-is-bridged': 0 },
  ],
  [
    'policy',
    'asks whether IPsec carries it',
    { dir: 1, pol: 1, strict: 0, reqid: 1, spi: 1, proto: 1, mode: 1, 'tunnel-src': 1, 'tunnel-dst': 1, next: 0 },
  ],
  ['socket', 'asks for a listening socket', { transparent: 0, nowildcard: 0, 'restore-skmark': 0 }],
  ['tcpmss', 'asks for a TCP option', { mss: 1 }],
  ['realm', 'asks for the routing realm', { realm: 1 }],
  ['cpu', 'asks for the processor', { cpu: 1 }],
  ['devgroup', 'asks for the group of the interface', { 'src-group': 1, 'dst-group': 1 }],
  ['connlabel', 'asks for a label of the connection', { label: 1, set: 0 }],
  ['osf', 'guesses the operating system', { genre: 1, ttl: 1, log: 1 }],
  ['ah', 'asks for the IPsec header', { ahspi: 1, ahlen: 1, ahres: 0 }],
  ['esp', 'asks for the IPsec header', { espspi: 1 }],
  ['ipcomp', 'asks for the compression header', { ipcompspi: 1, compres: 0 }],
  ['ipv6header', 'asks for extension headers', { header: 1, soft: 0 }],
  ['eui64', 'compares address and hardware address', {}],
  ['srh', 'asks for the segment routing header', {}],
  ['l2tp', 'asks for the L2TP header', { tid: 1, sid: 1, pversion: 1, type: 1 }],
];

/** Extension headers of IPv6, by their names in nft. A match on a part of one needs the header first. */
const headers: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  frag: { fragid: 1, fraglen: 1, fragres: 0, fragfirst: 0, fragmore: 0, fraglast: 0 },
  rt: { 'rt-type': 1, 'rt-segsleft': 1, 'rt-len': 1, 'rt-0-res': 0, 'rt-0-addrs': 1, 'rt-0-not-strict': 0 },
  hbh: { 'hbh-len': 1, 'hbh-opts': 1 },
  dst: { 'dst-len': 1, 'dst-opts': 1 },
  mh: { 'mh-type': 1 },
};

function headerMatch(name: string, options: Readonly<Record<string, number>>): MatchModule {
  return {
    options,
    build: (given) => {
      const exists = compare(`exthdr ${name} exists`, [1, 1], false);
      const text = [`-m ${name}`, ...given.map(optionText)].join(' ');
      return given.length === 0 ? [exists] : [exists, opaque(text, `asks for a part of the ${name} header`)];
    },
  };
}

/** `--set` only writes the address down, and lets every packet on; the others ask what was written before. */
const recent: MatchModule = {
  options: {
    set: 0,
    rcheck: 0,
    update: 0,
    remove: 0,
    seconds: 1,
    hitcount: 1,
    reap: 0,
    rttl: 0,
    name: 1,
    rsource: 0,
    rdest: 0,
    mask: 1,
  },
  build: (options) => {
    const text = ['-m recent', ...options.map(optionText)].join(' ');
    const set = options.find((option) => option.name === 'set');
    if (set !== undefined && !options.some((option) => option.name === 'rttl')) {
      return [{ kind: set.negated ? 'any' : 'all', of: [], negated: false }];
    }
    return [{ kind: 'may', what: 'list of recent addresses', text }];
  },
};

export const undecidedModules: Readonly<Record<string, MatchModule>> = {
  ...Object.fromEntries(byChance.map(([name, why, options]) => [name, undecided('may', name, why, options)])),
  ...Object.fromEntries(notShown.map(([name, why, options]) => [name, undecided('opaque', name, why, options)])),
  ...Object.fromEntries(Object.entries(headers).map(([name, options]) => [name, headerMatch(name, options)])),
  recent,
};

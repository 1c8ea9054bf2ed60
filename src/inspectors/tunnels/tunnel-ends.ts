import { productOfProgram, tunnelProduct } from '../../model/tunnel-products.js';
import { canonical, familyOf, inPrefix, scopeOf } from '../../model/address.js';
import { fact, type Facts, type RouteChoice } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import { type SocketRow, socketRows } from '../../model/socket-rows.js';
import type { TunnelEnd, TunnelFact } from '../../model/tunnel-facts.js';
import { ipBatch, type IpObject, type IpOutput, ipText } from '../ip/ip-command.js';
import { choiceOf, type Flow, refusedChoice } from '../routes/route-choice.js';
import { routeText } from '../routes/route-text.js';
import { openvpnPeers } from './openvpn-peers.js';

const mostEnds = 4;
const programMs = 700;

type End = Omit<TunnelEnd, 'device' | 'route'>;

/**
 * The other ends of the tunnels into which the kernel sends what goes to this target, and the kernel's way to there: WireGuard
 * itself tells, or the sockets of the program that serves the tunnel.
 */
export const tunnelEnds: Gatherer<'device.tunnelEnds'> = {
  fact: 'device.tunnelEnds',
  needs: ['device.tunnels', 'device.interfaces', 'device.routes'],
  base: false,
  cost: 'local',
  platforms: ['linux'],
  privilege: 'root',
  when: (facts) => (onTheWay(facts).length === 0 ? 'no tunnel is on the way' : null),
  async gather(facts, context) {
    const asked = await context.system.run('ss', ['-HOatunpe'], { timeoutMs: programMs, signal: context.signal });
    const rows = socketRows(asked.stdout);
    const ways = fact(facts, 'device.routes')?.choices ?? [];
    const found = await Promise.all(
      onTheWay(facts).map(async (tunnel) => {
        const addresses = ways.filter(({ device }) => device === tunnel.device).map(({ address }) => address);
        const ends =
          (await wireguardEnds(tunnel.device, addresses, rows, context)) ?? (await programEnds(tunnel, rows, context));
        return ends.slice(0, mostEnds).map((one) => ({ ...one, device: tunnel.device }));
      }),
    );
    const rules = fact(facts, 'device.routes')?.rules ?? [];
    const routed = await Promise.all(
      found.flat().map(async (end) => ({ ...end, route: await routeTo(end, rules, context) })),
    );
    return known(routed, 'wg show, ss, ip route');
  },
};

function onTheWay(facts: Facts): TunnelFact[] {
  const used = new Set((fact(facts, 'device.routes')?.choices ?? []).map(({ device }) => device));
  const kinds = new Map((fact(facts, 'device.interfaces') ?? []).map(({ name, kind }) => [name, kind]));
  return (fact(facts, 'device.tunnels') ?? []).filter(
    ({ device }) => used.has(device) && tunnelProduct(device, kinds.get(device) ?? null) !== undefined,
  );
}

/**
 * Null where it is none of WireGuard's. One whose socket is not in this network (its interface was made elsewhere and moved
 * here) sends by rules and routes of which nothing is seen here.
 */
async function wireguardEnds(
  device: string,
  addresses: readonly string[],
  rows: readonly SocketRow[],
  context: Context,
): Promise<End[] | null> {
  const show = async (what: string): Promise<string | null> => {
    const options = { timeoutMs: programMs, maxBytes: 64 * 1024, signal: context.signal };
    const { exit, stdout } = await context.system.run('wg', ['show', device, what], options);
    return exit === 0 ? stdout.trim() : null;
  };
  const wanted = ['endpoints', 'allowed-ips', 'listen-port', 'fwmark'];
  const [ends, allowed, port, mark] = await Promise.all(wanted.map(show));
  if (typeof ends !== 'string' || typeof allowed !== 'string' || typeof port !== 'string') return null;
  const localPort = Number(port);
  if (!rows.some(({ protocol, local }) => protocol === 'udp' && local.port === localPort)) return [];
  const peers = new Set(addresses.map((address) => peerFor(address, allowed)));
  return ends.split('\n', 256).flatMap((line): End[] => {
    const [, key = '', six, four, other] =
      /^(\S{44})\t(?:\[([\da-f:]+)(?:%\w+)?\]|([\d.]+)):(\d{1,5})$/.exec(line) ?? [];
    const address = six ?? four;
    if (address === undefined || familyOf(address) === 0 || !peers.has(key)) return [];
    const place = { address: canonical(address), port: Number(other), localPort };
    return [{ protocol: 'udp', ...place, mark: Number(mark ?? 0) || 0, toldBy: 'wg show' }];
  });
}

/** The peer to which WireGuard gives it, by the longest of the prefixes: `KEY<tab>10.8.0.0/24 10.9.0.0/24`, one a line. */
function peerFor(address: string, allowed: string): string | null {
  let best: { readonly key: string; readonly bits: number } | null = null;
  for (const line of allowed.split('\n', 256)) {
    const [key = '', ...prefixes] = line.split(/\s+/, 256);
    for (const prefix of prefixes) {
      const bits = Number(prefix.split('/')[1]);
      if (inPrefix(address, prefix) && bits > (best?.bits ?? -1)) best = { key, bits };
    }
  }
  return best?.key ?? null;
}

/** By the sockets of the program that serves it; those that say nobody's address by what OpenVPN was told. */
async function programEnds({ servedBy }: TunnelFact, rows: readonly SocketRow[], context: Context): Promise<End[]> {
  if (!servedBy) return [];
  const own = rows.filter(({ pid, protocol }) => pid === servedBy.pid && (protocol === 'udp' || protocol === 'tcp'));
  const ends = own.flatMap(({ protocol, local, peer, state, mark = 0, device }): End[] =>
    peer === null || state === 'LISTEN' || scopeOf(peer.address) === 'loopback'
      ? []
      : [{ protocol: protocol as End['protocol'], ...peer, localPort: local.port, mark, ...by(device), toldBy: 'ss' }],
  );
  if (ends.length > 0 || productOfProgram(servedBy.process) !== 'OpenVPN') return ends;
  const [open, ...others] = own.filter(({ protocol, peer }) => protocol === 'udp' && peer === null);
  if (open === undefined || others.length > 0) return [];
  const peers = await openvpnPeers(servedBy.pid, context.system.files);
  const { local, mark = 0, device } = open;
  return peers.map((one) => ({ ...one, protocol: 'udp', localPort: local.port, mark, ...by(device) }));
}

function by(device: string | undefined): Pick<End, 'boundTo'> {
  return device === undefined ? {} : { boundTo: device };
}

async function routeTo(
  { address, protocol, port, mark, boundTo }: End,
  rules: readonly string[],
  context: Context,
): Promise<RouteChoice | null> {
  const family = familyOf(address) === 6 ? 6 : 4;
  const rest = `${address}${boundTo === undefined ? '' : ` oif ${boundTo}`}${mark === 0 ? '' : ` mark ${mark}`} ipproto ${protocol} dport ${port}`;
  const asked = [`route get ${rest}`, `route get fibmatch ${rest}`];
  const [got, matched] = ((await ipBatch(context, family, asked)) ?? []) as (
    | IpOutput<readonly IpObject[]>
    | undefined
  )[];
  if (got?.ok) {
    const [route] = got.value;
    const [line] = matched?.ok ? matched.value : [];
    return route ? choiceOf(address, route, line ? routeText(line) : null) : null;
  }
  if (got?.why !== 'refused') return null;
  const listed = await ipText(context, [`-${family}`, 'route', 'show', 'table', 'all', 'match', address]);
  const flow: Flow = { uid: null, protocol, port, mark };
  const own = rules.flatMap((rule) => (rule.startsWith('-6 ') === (family === 6) ? [rule.replace(/^-6 /, '')] : []));
  return refusedChoice(address, got.words, listed.ok ? listed.value : '', own, flow);
}

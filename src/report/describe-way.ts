import { vpnIsTried } from '../model/tunnel-products.js';
import { untriedWords } from '../model/untried.js';
import { hostPort } from '../model/address.js';
import type { AnswerHead } from '../model/links.js';
import type { PortalApiFact } from '../model/portal-facts.js';
import type { CarrierTrace, TunnelEnd, TunnelFact, VpnProfile } from '../model/tunnel-facts.js';
import type {
  HopOwner,
  LinkOwners,
  NearAcceptance,
  PacketSizes,
  PassFlow,
  QuicTry,
  RouterFact,
  WayPast,
} from '../model/way-facts.js';

/** Resets, and the other packets of the same connections. */
export function headLines(heads: readonly AnswerHead[] | undefined): string[] {
  const cut = new Set(heads?.flatMap(({ kind, localPort }) => (kind === 'reset' ? [localPort] : [])));
  return (heads ?? [])
    .filter(({ localPort }) => cut.has(localPort))
    .map(
      ({ port, localPort, kind, ttl, id, whole, window }) =>
        `${port} to ${localPort}: ${kind}, hop limit ${ttl}${id === null ? '' : `, id ${id}${whole === true ? ', not to be split' : ''}`}, window ${window}`,
    );
}

export function linkOwnerLines(all: readonly LinkOwners[]): string[] {
  return all.flatMap(({ address, device, role, owners, at, ownMac }) => {
    const what = role === 'own' ? `${address} (this computer's own)` : address;
    if (owners.length === 0) return [`${what} on ${device}: nobody else answers for it`];
    return owners.map(({ mac, own, knocks }) => {
      const how = own ? 'says that it has' : 'answers for';
      const tried = at && knocks.length > 0 ? `; ${hostPort(at.address, at.port)} by it: ${knocks.join(', ')}` : '';
      return `${mac}${mac === ownMac ? ' (this computer)' : ''} ${how} ${what} on ${device}${tried}`;
    });
  });
}

export function packetSizeLines(all: readonly PacketSizes[]): string[] {
  return all.flatMap(({ address, port, step, tries, packets }) => [
    `${hostPort(address, port)}: ${tries.map(({ size, held }) => `${size ?? 'usual size'} ${held ? 'holds' : 'hangs'}`).join(', ')} (${step})`,
    ...packets.map(
      ({ size, acknowledged, sentAgain, backoff }) =>
        `a packet of ${size} bytes ${acknowledged ? 'was acknowledged' : `was not, sent again ${sentAgain} times, backoff ${backoff}`}`,
    ),
  ]);
}

export function pastLines(all: readonly WayPast[]): string[] {
  return all.flatMap(({ address, port, oneFlow, own, other, alike }) => [
    `${hostPort(address, port)}, one flow${oneFlow.balanced ? ' (ways of others differ)' : ''}: ${hopWords(oneFlow.hops)}`,
    ...[own, other].flatMap((flow) =>
      flow && flow.hops.length > 0
        ? [
            `${flowName(flow)}: ${flow.hops.map(passWords).join(', ')}${flow.reachedAt === null ? '' : `, reached at ${flow.reachedAt}`}`,
          ]
        : [],
    ),
    ...alike.map((flow) => `${flowName(flow)} ends there too`),
  ]);
}

export function hopOwnerLines(all: readonly HopOwner[]): string[] {
  return all.map(({ address, name, network }) => {
    const whose = network
      ? `, ${network.organisation ?? 'network'}${network.number === null ? '' : ` AS${network.number}`}`
      : '';
    return `${address}: ${name ?? 'without a name'}${whose}`;
  });
}

function flowName({ protocol, port }: Pick<PassFlow, 'protocol' | 'port'>): string {
  return port === null ? 'ping' : `${protocol} ${port}`;
}

function hopWords(hops: WayPast['oneFlow']['hops']): string {
  return hops.map(({ ttl, address }) => `${ttl} ${address ?? '*'}`).join(', ');
}

function passWords({ ttl, address, sent, answered }: PassFlow['hops'][number]): string {
  return `${ttl} ${address ?? '*'} ${answered} of ${sent}`;
}

export function quicLines(all: readonly QuicTry[]): string[] {
  return all.map(
    ({ address, port, failure, ms }) =>
      `${hostPort(address, port)}: ${failure ? failure.raw : 'answered by QUIC'}, ${ms} ms`,
  );
}

export function routerLines({ address, outside, by, mappings, ...more }: RouterFact): string[] {
  const { connection, outsideEnabled, ipv6Firewall, ipv6Pinholes, upS } = more;
  const said = [
    ...(connection ? [`${connection.status}${connection.error === undefined ? '' : ` (${connection.error})`}`] : []),
    ...(outsideEnabled === false ? ['lets nobody out'] : []),
    ...(ipv6Firewall === undefined ? [] : [`its firewall for IPv6 is ${ipv6Firewall ? 'on' : 'off'}`]),
    ...(ipv6Pinholes === undefined ? [] : [`programs ${ipv6Pinholes ? 'may' : 'may not'} open ports in it`]),
    ...(upS === undefined ? [] : [`up for ${upS} s`]),
  ];
  return [
    `${address}: outside ${outside ?? 'not told'} (${by.join(', ')})`,
    ...(said.length > 0 ? [said.join(', ')] : []),
    ...mappings.map(
      (one) =>
        `${one.protocol} ${one.outsidePort} leads to ${hostPort(one.insideAddress, one.insidePort)} ${one.description}`,
    ),
  ];
}

export function portalLines(all: readonly PortalApiFact[]): string[] {
  return all.map(({ url, says, failure, why }) => {
    if (!says) return `${url}: ${why ?? failure?.raw ?? 'no answer'}`;
    const left = says.secondsLeft === undefined ? '' : `, ${says.secondsLeft} s left`;
    return `${url}: ${says.captive ? 'captive' : 'not captive'}${left}${says.page === undefined ? '' : `, ${says.page}`}`;
  });
}

export function nearLines({ tries }: NearAcceptance): string[] {
  return tries.map(({ address, port, hopLimit, opened, expiredFrom }) => {
    const how = opened ? 'accepted' : expiredFrom === undefined ? 'no answer' : `turned back by ${expiredFrom}`;
    return `${hostPort(address, port)}, hop limit ${hopLimit}: ${how}`;
  });
}

export function vpnProfileLines(all: readonly VpnProfile[]): string[] {
  return all.map(({ product, location, device, servers }) => {
    const hosts = servers.map(({ host, addresses }) =>
      addresses.includes(host) ? host : `${host} [${addresses.join(' ')}]`,
    );
    return `${product}, ${location}: ${device ?? 'no named interface'}; server ${hosts.join(', ') || 'unknown'}`;
  });
}

export function tunnelLines(all: readonly TunnelFact[]): string[] {
  return all.map(({ device, product, servedBy, connection, ranges, allowed, resolvers }) =>
    [
      `${device}${product === null ? '' : ` (${product}${vpnIsTried(product) ? '' : `; ${untriedWords}`})`}: ${ranges.join(' ') || 'no route'}`,
      ...(connection ? [`connection ${connection.name} of NetworkManager's`] : []),
      ...(servedBy ? [`served by ${servedBy.process} (process ${servedBy.pid})`] : []),
      ...(allowed === null ? [] : [`allowed: ${allowed.join(' ') || 'nothing'}`]),
      ...resolvers.map(
        ({ address, domains }) => `name server ${address}${domains.length === 0 ? '' : ` for ${domains.join(' ')}`}`,
      ),
    ].join('; '),
  );
}

export function tunnelEndLines(all: readonly TunnelEnd[]): string[] {
  return all.map(({ device, protocol, address, port, localPort, mark, route, toldBy }) => {
    const way = route === null ? 'way unknown' : (route.error ?? `by ${route.device ?? 'no interface'}`);
    const bears = mark === 0 ? '' : `, mark 0x${mark.toString(16)}`;
    return `${device} sends to ${hostPort(address, port)} (${protocol}, from port ${localPort}${bears}; ${toldBy}): ${way}`;
  });
}

export function carrierTraceLines(all: readonly CarrierTrace[]): string[] {
  return all.map(({ device, flow: { address, port, stoppedBy, seenOut, seenIn } }) => {
    const seen = seenIn ? 'sent and answered' : seenOut ? 'sent, and not answered' : 'none was seen';
    const place = stoppedBy && `stopped in ${stoppedBy.family} ${stoppedBy.table}, chain ${stoppedBy.chain}`;
    return `packets of ${device} itself to ${hostPort(address, port)}: ${place ?? seen}`;
  });
}

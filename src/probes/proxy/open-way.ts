import type { Duplex } from 'node:stream';
import { familyOf, hostPort } from '../../model/address.js';
import type { AddressProbe } from '../../model/facts.js';
import type { ProxyAddresses, ProxyServer, ProxySetting, ProxyTunnel, ProxyWay } from '../../model/proxy-facts.js';
import type { Context } from '../../model/gatherer.js';
import { resolvesHere } from '../../model/proxied.js';
import { tryOf } from '../connect/connect-try.js';
import { mostAddresses } from '../connect/probe-addresses.js';
import { measureTls } from '../tls/measure-later.js';
import type { ProxyGoal } from './proxy-goal.js';
import type { Handshake } from './handshake.js';

export interface OpenedWay {
  readonly way: ProxyWay;
  /** Leads to the target, or, where the proxy takes requests, to the proxy. The caller owns it. */
  readonly stream?: Duplex;
}

/** getaddrinfo is silent for 5 s for each dead resolver before it says so. */
const longest = { nameMs: 6000, connectMs: 3000, tlsMs: 4000 };
/** HTTP proxies answer only when they have reached the target, or given it up. */
const answerMs = 3000;

/** Name, connection, TLS and request of a proxy, one on the other, each tried once; ends at the first that fails. Never throws. */
export async function openWay(setting: ProxySetting, goal: ProxyGoal, context: Context): Promise<OpenedWay> {
  const { server } = setting;
  const found = server ? await addressesOf(server.host, context) : { addresses: [] };
  const { probes, opened } = await connectOnce(found.addresses, server?.port ?? 0, context);
  return openThrough({ setting, found, probes, opened, waitMs: answerMs }, goal, context);
}

/** The connection to it, as it was opened or tried. */
export interface Connected {
  readonly setting: ProxySetting;
  readonly found: ProxyAddresses;
  readonly probes: readonly AddressProbe[];
  readonly opened: Opened | null;
  /** How long the proxy has for its answer. */
  readonly waitMs: number;
}

/** TLS and request of a proxy that is connected to. Never throws. */
export async function openThrough(
  { setting, found, probes, opened, waitMs }: Connected,
  goal: ProxyGoal,
  context: Context,
): Promise<OpenedWay> {
  const { server } = setting;
  const forwards = server !== null && takesRequests(server, goal);
  const connected: ProxyWay = { setting, ...found, connect: probes, tunnels: [], forwards };
  if (!server || !opened) return { way: connected };
  const secured = server.scheme === 'https' ? await secure(opened, server, context) : { stream: opened.stream };
  const way = { ...connected, ...('tls' in secured && { tls: secured.tls }) };
  if (!secured.stream) return { way };
  if (way.forwards) return { way, stream: secured.stream };
  return tunnel(way, { ...opened, stream: secured.stream }, server, goal, waitMs, context);
}

function takesRequests(server: ProxyServer, goal: ProxyGoal): boolean {
  return goal.plainHttp && (server.scheme === 'http' || server.scheme === 'https');
}

/** Of a proxy's name, or the address that it is; at most so many as are tried. */
export async function addressesOf(host: string, context: Context): Promise<ProxyAddresses> {
  if (familyOf(host) !== 0) return { addresses: [host] };
  const { system, signal, options } = context;
  const late = new AbortController();
  const done = new AbortController();
  const sleeping = AbortSignal.any([signal, done.signal]);
  void system.clock.sleep(within(longest.nameMs, context), sleeping).then(() => late.abort());
  const { addresses, failure } = await system.lookup(host, options.family, AbortSignal.any([signal, late.signal]));
  done.abort();
  return { addresses: addresses.slice(0, mostAddresses), ...(failure && { nameFailure: failure }) };
}

export interface Opened {
  readonly address: string;
  readonly stream: Duplex;
}

async function connectOnce(
  addresses: readonly string[],
  port: number,
  context: Context,
): Promise<{ probes: AddressProbe[]; opened: Opened | null }> {
  const { system, signal } = context;
  const probes: AddressProbe[] = [];
  for (const address of addresses.slice(0, 2)) {
    const timeoutMs = within(longest.connectMs, context);
    const request = { address, port, timeoutMs, interface: context.options.interface };
    const { stream, ...result } = await system.sockets.dial(request, signal).done;
    probes.push({ address, port, first: tryOf(address, port, result), repeats: [] });
    if (stream) return { probes, opened: { address, stream } };
  }
  return { probes, opened: null };
}

async function secure(
  { address, stream }: Opened,
  server: ProxyServer,
  context: Context,
): Promise<{ readonly tls: NonNullable<ProxyWay['tls']>; readonly stream?: Duplex }> {
  const { entry, stream: secured } = await measureTls(
    stream,
    { address, port: server.port },
    server.host,
    {
      serverName: familyOf(server.host) === 0 ? server.host : null,
      applicationProtocols: ['http/1.1'],
      versions: 'usual',
      timeoutMs: within(longest.tlsMs, context),
    },
    context.system,
    context.signal,
  );
  if (secured && !entry.failure) return { tls: entry, stream: secured };
  secured?.destroy();
  return { tls: entry };
}

async function tunnel(
  way: ProxyWay,
  { address, stream }: Opened,
  server: ProxyServer,
  goal: ProxyGoal,
  waitMs: number,
  context: Context,
): Promise<OpenedWay> {
  const to = resolvesHere(server) ? await ownAddress(server, goal, context) : goal.address;
  if (to === null) {
    stream.destroy();
    return { way };
  }
  const begun = context.system.clock.now();
  const timeoutMs = within(waitMs, context);
  const said = await shakeHands(stream, server, { address: to, port: goal.port }, timeoutMs, context);
  const done: ProxyTunnel = {
    address,
    port: server.port,
    to: hostPort(to, goal.port),
    ms: Math.round((context.system.clock.now() - begun) * 100) / 100,
    ...said,
  };
  // Ended from outside: that is no failure of the proxy.
  if (said.failure) stream.destroy();
  if (said.failure && context.signal.aborted) return { way };
  return { way: { ...way, tunnels: [done] }, ...(!said.failure && { stream }) };
}

/** SOCKS 4 has room for IPv4 only. */
async function ownAddress(server: ProxyServer, goal: ProxyGoal, context: Context): Promise<string | null> {
  const all = goal.addresses ?? (await addressesOf(goal.address, context)).addresses;
  return all.find((address) => server.scheme !== 'socks4' || familyOf(address) === 4) ?? all[0] ?? null;
}

async function shakeHands(
  stream: Duplex,
  server: ProxyServer,
  goal: { readonly address: string; readonly port: number },
  timeoutMs: number,
  context: Context,
): Promise<Handshake> {
  switch (server.scheme) {
    case 'http':
    case 'https': {
      const { httpConnect } = await import('./http-connect.js');
      return httpConnect(stream, server, goal, timeoutMs, context);
    }
    case 'socks4':
    case 'socks4a': {
      const { socks4 } = await import('./socks4.js');
      return socks4(stream, server, goal, timeoutMs, context);
    }
    case 'socks5':
    case 'socks5h': {
      const { socks5 } = await import('./socks5.js');
      return socks5(stream, server, goal, timeoutMs, context);
    }
  }
}

function within(most: number, context: Context): number {
  return Math.max(1, Math.min(most, context.remaining() * 0.6));
}

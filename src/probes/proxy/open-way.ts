import type { Duplex } from 'node:stream';
import { familyOf, hostPort } from '../../model/address.js';
import type { AddressProbe } from '../../model/facts.js';
import type { ProxyServer, ProxySetting, ProxyTunnel, ProxyWay } from '../../model/proxy-facts.js';
import type { Failure } from '../../model/failure.js';
import type { Context } from '../../model/gatherer.js';
import { resolvesHere } from '../../model/proxied.js';
import { tryOf } from '../connect/connect-try.js';
import { mostAddresses, probeAddresses } from '../connect/probe-addresses.js';
import { measureTls } from '../tls/measure-later.js';
import type { ProxyGoal } from './proxy-goal.js';
import type { Handshake } from './handshake.js';

export interface OpenedWay {
  readonly way: ProxyWay;
  /** Leads to the target, or, where the proxy takes requests, to the proxy. The caller owns it. */
  readonly stream?: Duplex;
}

export interface OpenOptions {
  /** Every address of the proxy is tried, and what failed is tried again: for the way that the target hangs on. */
  readonly thorough: boolean;
}

/** getaddrinfo is silent for 5 s for each dead resolver before it says so. */
const longest = { nameMs: 6000, connectMs: 3000, tlsMs: 4000 };
/** HTTP proxies answer only when they have reached the target, or given it up. */
const answerMs = { thorough: 6000, once: 3000 };

/** Name, connection, TLS and request of a proxy, one on the other; ends at the first that fails. Never throws. */
export async function openWay(
  setting: ProxySetting,
  goal: ProxyGoal,
  options: OpenOptions,
  context: Context,
): Promise<OpenedWay> {
  const { server } = setting;
  const base: ProxyWay = { setting, addresses: [], connect: [], tunnels: [], forwards: false };
  if (!server) return { way: base };
  const found = await addressesOf(server.host, context);
  const addressed: ProxyWay = { ...base, addresses: found.addresses, forwards: takesRequests(server, goal) };
  if (found.failure) return { way: { ...addressed, nameFailure: found.failure } };
  const { probes, opened } = await connectTo(found.addresses, server.port, options, context);
  const connected = { ...addressed, connect: probes };
  if (!opened) return { way: connected };
  const secured = server.scheme === 'https' ? await secure(opened, server, context) : { stream: opened.stream };
  const way = { ...connected, ...('tls' in secured && { tls: secured.tls }) };
  if (!secured.stream) return { way };
  if (way.forwards) return { way, stream: secured.stream };
  const waitMs = options.thorough ? answerMs.thorough : answerMs.once;
  return tunnel(way, { ...opened, stream: secured.stream }, server, goal, waitMs, context);
}

function takesRequests(server: ProxyServer, goal: ProxyGoal): boolean {
  return goal.plainHttp && (server.scheme === 'http' || server.scheme === 'https');
}

async function addressesOf(
  host: string,
  context: Context,
): Promise<{ addresses: readonly string[]; failure?: Failure<'resolve'> }> {
  if (familyOf(host) !== 0) return { addresses: [host] };
  const { system, signal, options } = context;
  const late = new AbortController();
  const done = new AbortController();
  const sleeping = AbortSignal.any([signal, done.signal]);
  void system.clock.sleep(within(longest.nameMs, context), sleeping).then(() => late.abort());
  const { addresses, failure } = await system.lookup(host, options.family, AbortSignal.any([signal, late.signal]));
  done.abort();
  return { addresses: addresses.slice(0, mostAddresses), ...(failure && { failure }) };
}

interface Opened {
  readonly address: string;
  readonly stream: Duplex;
}

async function connectTo(
  addresses: readonly string[],
  port: number,
  options: OpenOptions,
  context: Context,
): Promise<{ probes: AddressProbe[]; opened: Opened | null }> {
  if (!options.thorough) return connectOnce(addresses, port, context);
  let opened: Opened | null = null;
  const keep = (address: string, stream: Duplex): void => void (opened = { address, stream });
  const { thorough } = context.options;
  const probes = await probeAddresses(addresses, { port, keep, repeat: true, thorough }, context);
  return { probes, opened };
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

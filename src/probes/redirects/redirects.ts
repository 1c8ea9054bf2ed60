import { familyOf, scopeOf } from '../../model/address.js';
import { chooseProxy } from '../../model/choose-proxy.js';
import {
  type AddressProbe,
  type ConnectTry,
  type Facts,
  fact,
  type HttpTry,
  type RedirectHop,
} from '../../model/facts.js';
import type { Failure } from '../../model/failure.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { neighbourSearchMs, saysHostUnreachable } from '../../model/icmp.js';
import { mayBeLedToLogin } from '../../model/led-to-login.js';
import { known, skipped } from '../../model/observed.js';
import type { ProxySetting } from '../../model/proxy-facts.js';
import type { DialResult } from '../../model/system.js';
import { proxiedBy } from '../http/proxied-request.js';
import { fullLocation, withoutQuery } from '../http/http-try.js';
import { askStep, within } from './ask-step.js';
import { mayLead, nextStep, type Step } from './next-step.js';

const mostHops = 10;
const mostAddresses = 3;
const longestConnectMs = 3400;

/** Follows where the answer leads, step by step, each measured like a target of its own. Nothing else is fetched. */
export const redirectsGatherer: Gatherer<'redirects'> = {
  fact: 'redirects',
  needs: ['http'],
  base: true,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  when: (facts) => (redirecting(facts) ? null : 'the answer leads nowhere else'),
  async gather(facts, context) {
    const first = redirecting(facts);
    if (!first) return skipped('the answer leads nowhere else');
    const hops = await follow(first, context);
    // What this page is, only a comparison tells: whether others are led there as well.
    if (mayBeLedToLogin(first, hops, fullLocation(first))) await context.wanted?.('references');
    // A chain that was cut off by the clock does not say where it ends.
    return context.signal.aborted ? skipped('ended before the last step') : known(hops, 'request');
  },
};

function redirecting(facts: Facts): HttpTry | undefined {
  return fact(facts, 'http')?.find((one) => !one.failure && leads(one));
}

/** Statuses that browsers follow (RFC 9110 15.4), and those beyond them that give a Location. */
function leads({ status = 0, location }: HttpTry): boolean {
  return status >= 300 && status < 400 && status !== 304 && location !== undefined;
}

async function follow(first: HttpTry, context: Context): Promise<RedirectHop[]> {
  const hops: RedirectHop[] = [];
  const seen = new Set<string>([first.url]);
  let last: HttpTry = first;
  let base = first.url;
  while (leads(last) && !context.signal.aborted) {
    const step = nextStep(fullLocation(last) ?? '', base);
    if ('refused' in step) {
      hops.push(ended(last, { operation: 'http', code: 'redirect-refused', raw: step.refused }));
      break;
    }
    // Asked without cookies: what only a cookie would end goes round here as well, and no browser without them gets out.
    if (seen.has(step.url.href) || hops.length >= mostHops) {
      const raw =
        hops.length >= mostHops ? `more than ${mostHops} redirects` : 'back to an address that was asked before';
      hops.push({
        ...start(step),
        addresses: [],
        connect: [],
        failure: { operation: 'http', code: 'redirect-loop', raw },
      });
      break;
    }
    seen.add(step.url.href);
    const hop = await measure(step, last.address, context);
    if (!hop) break;
    hops.push(hop);
    if (!hop.http) break;
    last = hop.http;
    base = step.url.href;
  }
  return hops;
}

const start = (step: Step): Pick<RedirectHop, 'url' | 'host' | 'port'> => ({
  url: withoutQuery(step.url.href),
  host: step.host,
  port: step.port,
});

/** An end without a place that it leads to. */
function ended(last: HttpTry, failure: Failure): RedirectHop {
  const url = new URL(last.url);
  return { url: last.location ?? last.url, host: url.hostname, port: last.port, addresses: [], connect: [], failure };
}

/** Null when it was ended from outside. */
async function measure(step: Step, from: string, context: Context): Promise<RedirectHop | null> {
  const { system, signal, options } = context;
  const { setting } = chooseProxy(goalOf(step), (name) => system.environment(name), options.proxy);
  if (setting) return throughProxy(setting, step, from, context);
  const named = familyOf(step.host) === 0;
  const found = named ? await system.lookup(step.host, options.family, signal) : { addresses: [step.host] };
  if (signal.aborted) return null;
  const base = { ...start(step), addresses: found.addresses.slice(0, 16) };
  if (found.failure) return { ...base, connect: [], nameFailure: found.failure };
  if (named && found.addresses.every((address) => scopeOf(address) === 'unspecified')) {
    const raw = found.addresses.slice(0, 4).join(' ');
    return { ...base, connect: [], nameFailure: { operation: 'resolve', code: 'useless-address', raw } };
  }
  const allowed = found.addresses.filter((address) => mayLead(from, address)).slice(0, mostAddresses);
  if (allowed.length === 0) {
    const raw = `into ${found.addresses[0] ?? 'nowhere'}, which is not public`;
    return { ...base, connect: [], failure: { operation: 'http', code: 'redirect-refused', raw } };
  }
  const connect: AddressProbe[] = [];
  for (const address of allowed) {
    const result = await dial(address, step.port, context);
    const { stream, ...first } = result;
    const repeats = endedEarly(first, address) ? [await againAt(address, step.port, context)] : [];
    connect.push({ address, port: step.port, first: { address, port: step.port, ...first }, repeats });
    if (signal.aborted) {
      stream?.destroy();
      return null;
    }
    if (stream) return { ...base, connect, ...(await askStep(step, address, stream, context)) };
  }
  return { ...base, connect };
}

const goalOf = ({ secure, host, port }: Step): Parameters<typeof chooseProxy>[0] => ({
  scheme: secure ? 'https' : 'http',
  host,
  port,
});

/** Where a name leads is the proxy's to know; of an address it is checked as everywhere. */
async function throughProxy(
  setting: ProxySetting,
  step: Step,
  from: string,
  context: Context,
): Promise<RedirectHop | null> {
  const base = { ...start(step), addresses: [], connect: [] };
  const place = /(?:^|\.)localhost$/i.test(step.host) ? '127.0.0.1' : step.host;
  if (familyOf(place) !== 0 && place !== from && !mayLead(from, place)) {
    const raw = `into ${step.host}, which is not public`;
    return { ...base, failure: { operation: 'http', code: 'redirect-refused', raw } };
  }
  const { openWay } = await import('../proxy/open-way.js');
  const goal = { address: step.host, port: step.port, plainHttp: !step.secure, addresses: null };
  const { way, stream } = await openWay(setting, goal, context);
  if (context.signal.aborted) {
    stream?.destroy();
    return null;
  }
  if (!stream) return { ...base, proxy: way };
  return { ...base, proxy: way, ...(await askStep(step, step.host, stream, context, proxiedBy(way))) };
}

/**
 * A router's word that nobody is there ends every search for a neighbour that somebody else's packet had begun, a browser's
 * just before: only the next connection tells whether it is said at once.
 */
function endedEarly({ icmp, ms }: Pick<ConnectTry, 'icmp' | 'ms'>, address: string): boolean {
  const said = icmp?.some((one) => one.origin !== 'local' && saysHostUnreachable(one, address)) === true;
  return said && ms < neighbourSearchMs;
}

async function againAt(address: string, port: number, context: Context): Promise<ConnectTry> {
  const { stream, ...again } = await dial(address, port, context);
  stream?.destroy();
  return { address, port, ...again };
}

function dial(address: string, port: number, context: Context): Promise<DialResult> {
  const timeoutMs = within(longestConnectMs, context);
  return context.system.sockets.dial({ address, port, timeoutMs, interface: context.options.interface }, context.signal)
    .done;
}

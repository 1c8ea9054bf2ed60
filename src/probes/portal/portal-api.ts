import { familyOf, scopeOf } from '../../model/address.js';
import { fact, type Facts } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import type { AnnouncedPortal, PortalApiFact, PortalWord } from '../../model/portal-facts.js';
import { exchange } from '../http/exchange.js';
import { mayLead, nextStep } from '../redirects/next-step.js';
import { measureTls } from '../tls/measure-later.js';

const longestMs = 2_000;
const keptBytes = 16 * 1024;
const longestText = 300;
const mostPortals = 2;

/**
 * What the portal says that the network announced: one GET for its JSON (RFC 8908), over TLS with a certificate that holds,
 * as the standard demands, and without anything that tells who asks. The network may name an address of its own inside; one
 * of this device, or of a cloud machine's secrets, is not asked.
 */
export const portalApi: Gatherer<'portal.api'> = {
  fact: 'portal.api',
  needs: ['portal.announced', 'device.routes'],
  base: false,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  hedge: { fact: 'connect', afterMs: 1_500 },
  when: (facts) => ((fact(facts, 'portal.announced') ?? []).length === 0 ? 'the network announces no portal' : null),
  async gather(facts, context) {
    const announced = (fact(facts, 'portal.announced') ?? []).slice(0, mostPortals);
    const answers = await Promise.all(announced.map((one) => ask(one, facts, context)));
    return context.signal.aborted ? skipped('ended before an answer came') : known(answers, 'RFC 8908');
  },
};

async function ask(portal: AnnouncedPortal, facts: Facts, context: Context): Promise<PortalApiFact> {
  const { system, options, signal } = context;
  const nothing = (why: string, address: string | null = null): PortalApiFact => ({ ...portal, address, why });
  const step = nextStep(portal.url, portal.url);
  if ('refused' in step) return nothing(step.refused);
  if (!step.secure) return nothing('it is no https address, as RFC 8908 demands');
  const until = system.clock.now() + Math.min(longestMs, context.remaining() / 3);
  const left = (): number => Math.max(1, until - system.clock.now());
  const addresses = await addressesOf(step.host, left(), context);
  const gateways = new Set((fact(facts, 'device.routes')?.defaults ?? []).map(({ via }) => via));
  const address = addresses.find((one) => mayAsk(one) && (options.references || gateways.has(one)));
  if (address === undefined)
    return nothing(addresses.length === 0 ? 'its name has no address' : 'its address is none that may be asked');
  const dialled = await system.sockets.dial(
    { address, port: step.port, timeoutMs: left(), interface: options.interface },
    signal,
  ).done;
  if (!dialled.stream) return { ...portal, address, ...(dialled.failure && { failure: dialled.failure }) };
  const hello = {
    serverName: step.host,
    applicationProtocols: ['http/1.1'],
    versions: 'usual',
    timeoutMs: left(),
  } as const;
  const measured = await measureTls(dialled.stream, { address, port: step.port }, step.host, hello, system, signal);
  if (!measured.stream || measured.entry.failure) {
    measured.stream?.destroy();
    return { ...portal, address, ...(measured.entry.failure && { failure: measured.entry.failure }) };
  }
  const request = { ...step, method: 'GET', accept: 'application/captive+json', timeoutMs: left() } as const;
  const done = await exchange(measured.stream, request, system, signal, keptBytes);
  if (!done.response) return { ...portal, address, ...(done.failure && { failure: done.failure }) };
  if (done.response.status !== 200) return nothing(`it answers with status ${done.response.status}`, address);
  const type = done.response.headers.get('content-type') ?? '';
  if (!/^application\/(?:captive\+)?json\b/i.test(type))
    return nothing('its answer is not of the type for portals', address);
  const says = wordIn(done.bodyHead.toString('utf8'));
  return says ? { ...portal, address, says } : nothing('its answer is not what RFC 8908 describes', address);
}

async function addressesOf(
  host: string,
  waitMs: number,
  { system, options, signal }: Context,
): Promise<readonly string[]> {
  if (familyOf(host) !== 0) return [host];
  const over = new AbortController();
  const late = new AbortController();
  void system.clock.sleep(waitMs, AbortSignal.any([signal, over.signal])).then(() => late.abort());
  const { addresses } = await system.lookup(host, options.family, AbortSignal.any([signal, late.signal]));
  over.abort();
  return addresses;
}

function mayAsk(address: string): boolean {
  return ['public', 'private', 'shared'].includes(scopeOf(address)) && mayLead('10.0.0.1', address);
}

/** RFC 8908, 5: `captive` must be there; all else may be. */
function wordIn(text: string): PortalWord | null {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof found !== 'object' || found === null) return null;
  const fields = new Map<string, unknown>(Object.entries(found));
  const captive = fields.get('captive');
  if (typeof captive !== 'boolean') return null;
  const link = (name: string): string | undefined => {
    const value = fields.get(name);
    return typeof value === 'string' && /^https?:\/\//i.test(value) ? value.slice(0, longestText) : undefined;
  };
  const [page, venue, seconds] = [link('user-portal-url'), link('venue-info-url'), fields.get('seconds-remaining')];
  return {
    captive,
    ...(page !== undefined && { page }),
    ...(venue !== undefined && { venue }),
    ...(typeof seconds === 'number' && seconds >= 0 && { secondsLeft: Math.round(seconds) }),
  };
}

import type { ReferenceTry, RoutesFact } from '../../../model/facts.js';
import type { Context } from '../../../model/gatherer.js';
import { canonical } from '../../../model/address.js';

export interface Gateway {
  readonly address: string;
  readonly device: string | null;
}

/** discard (RFC 863): nothing listens there, so that whoever is alive says so, unless it keeps silent on purpose. */
const CLOSED_PORT = 9;
const SILENCE_MS = 300;
const FRESH_S = 2;

/** The gateways of this target's routes, or else the default ones; those with the lowest metric first. */
export function gatewaysOf(routes: RoutesFact | undefined): Gateway[] {
  const chosen = routes?.choices.map(({ via, device }) => ({ via, device })) ?? [];
  const defaults = routes?.defaults.toSorted((a, b) => (a.metric ?? 0) - (b.metric ?? 0)) ?? [];
  const gateways = [...chosen, ...defaults].flatMap(({ via, device }) =>
    via === null ? [] : [{ address: via, device }],
  );
  return [...new Map(gateways.map((gateway) => [`${gateway.address}%${gateway.device}`, gateway])).values()].slice(
    0,
    2,
  );
}

/** Any answer counts: a refusal, an open port, a message of its own, or that the kernel has just heard its link address. */
export async function tryGateway(
  { address, device }: Gateway,
  { system }: Pick<Context, 'system'>,
  signal: AbortSignal,
): Promise<ReferenceTry> {
  const begun = system.clock.now();
  const base = { kind: 'gateway', name: address, address } as const;
  const dialled = await system.sockets.dial(
    { address, port: CLOSED_PORT, timeoutMs: SILENCE_MS, discard: true, interface: device },
    signal,
  ).done;
  dialled.stream?.destroy();
  const { failure } = dialled;
  const elapsed = (): number => system.clock.now() - begun;
  const own = failure?.from !== undefined && failure.from === dialled.localAddress;
  if (!failure) return { ...base, port: CLOSED_PORT, ok: true, says: 'open', ms: elapsed() };
  const answered = !own && (failure.code === 'refused' || failure.code === 'reset' || failure.from === address);
  if (answered) return { ...base, port: CLOSED_PORT, ok: true, says: failure.raw, ms: elapsed() };
  const neighbour = device === null ? null : await neighbourState(address, device, system, signal);
  const state = neighbour?.state ?? null;
  // REACHABLE is said for half a minute after the last answer (RFC 4861 7.3.2), STALE and DELAY for longer: only one that
  // has just come shows that somebody is there now.
  if (state === 'REACHABLE' && neighbour !== null && neighbour.confirmedS <= FRESH_S)
    return { ...base, port: null, ok: true, says: 'neighbour REACHABLE', ms: elapsed() };
  return {
    ...base,
    port: CLOSED_PORT,
    ok: false,
    failure,
    ...(state !== null && { says: `neighbour ${state}` }),
    ms: elapsed(),
  };
}

async function neighbourState(
  address: string,
  device: string,
  system: Context['system'],
  signal: AbortSignal,
): Promise<{ state: string; confirmedS: number } | null> {
  const { stdout } = await system.run('ip', ['-s', 'neigh', 'show', 'to', address, 'dev', device], {
    timeoutMs: 500,
    maxBytes: 4_096,
    signal,
  });
  const [found, ...words] = stdout.trim().split(/\s+/);
  const state = words.at(-1);
  if (found === undefined || found === '' || canonical(found) !== canonical(address) || state === undefined)
    return null;
  // `used 12/3/12`: seconds since it was used, confirmed and updated.
  const confirmed = /^\d+\/(\d+)\/\d+$/.exec(words[words.indexOf('used') + 1] ?? '')?.[1];
  return { state, confirmedS: confirmed === undefined ? Number.POSITIVE_INFINITY : Number(confirmed) };
}

import { fact, type Facts } from '../../model/facts.js';
import type { System } from '../../model/system.js';

/** Something else that worked while the target did not. */
export interface SamplePoint {
  readonly kind: 'tcp' | 'dns';
  readonly address: string;
  readonly port: number;
  /** "the resolver 192.0.2.1". */
  readonly words: string;
}

type Carriers = Pick<System, 'sockets' | 'random' | 'clock'>;

const mostOfAKind = 3;
const waitMs = 1_500;
const againAfterMs = 250;

/** What the diagnosis saw working, beside the target: its resolvers, other open ports of the same host, other hosts. */
export function sampleOf(facts: Facts): SamplePoint[] {
  const resolvers = (fact(facts, 'name.config')?.resolvers ?? []).map(({ address, port }): SamplePoint => ({
    kind: 'dns',
    address,
    port,
    words: `the resolver ${address}`,
  }));
  const ports = (fact(facts, 'connect.ports') ?? []).flatMap(({ address, ports: tries }) =>
    tries.flatMap(
      ({ failure, port }): SamplePoint[] =>
      failure === undefined && port !== undefined ? [{ kind: 'tcp', address, port, words: `port ${port} of ${address}` }] : [], // prettier-ignore
    ),
  );
  const others = (fact(facts, 'references') ?? []).flatMap(({ kind, ok, address, port, name }): SamplePoint[] =>
    ok && (kind === 'host' || kind === 'portal') && address !== null && port !== null
      ? [{ kind: 'tcp', address, port, words: name }]
      : [],
  );
  return [resolvers, ports, others].flatMap((points) => points.slice(0, mostOfAKind));
}

/** Those that work right now: only what was seen working just before a change can have got worse by it. */
export async function thatWork(
  points: readonly SamplePoint[],
  system: Carriers,
  signal: AbortSignal,
): Promise<SamplePoint[]> {
  const works = await Promise.all(points.map((point) => doesWork(point, system, signal)));
  return points.filter((_, i) => works[i]);
}

/** Those that no longer work, asked twice: one packet may be lost. */
export async function gotWorse(
  points: readonly SamplePoint[],
  system: Carriers,
  signal: AbortSignal,
): Promise<SamplePoint[]> {
  const first = await thatWork(points, system, signal);
  const failed = points.filter((point) => !first.includes(point));
  if (failed.length === 0 || signal.aborted) return [];
  await system.clock.sleep(againAfterMs, signal);
  const second = await thatWork(failed, system, signal);
  return signal.aborted ? [] : failed.filter((point) => !second.includes(point));
}

async function doesWork({ kind, address, port }: SamplePoint, system: Carriers, signal: AbortSignal): Promise<boolean> {
  if (kind === 'tcp') {
    const { failure } = await system.sockets.dial({ address, port, timeoutMs: waitMs, discard: true }, signal).done;
    return failure === undefined;
  }
  const payload = rootQuestion(system.random(2));
  const accept = (bytes: Uint8Array): boolean => bytes[0] === payload[0] && bytes[1] === payload[1];
  const { outcome } = await system.sockets.datagram({ address, port, payload, timeoutMs: waitMs, accept }, signal);
  return outcome === 'reply';
}

/** Who serves the root: every resolver answers that with something, and nobody learns anything by it (RFC 1035, 4.1). */
function rootQuestion([high = 0, low = 0]: Uint8Array): Uint8Array {
  return Uint8Array.from([high, low, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1]);
}

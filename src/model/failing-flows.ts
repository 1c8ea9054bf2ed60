import { fact, type Facts, type FlowTrace } from './facts.js';
import { failedProbes, stillOpening } from './probed.js';

export type Flow = Pick<FlowTrace, 'protocol' | 'address' | 'port'>;

const mostFlows = 4;

const silentCodes: ReadonlySet<string> = new Set([
  'timed-out',
  'refused',
  'host-unreachable',
  'network-unreachable',
  'prohibited',
  'not-permitted',
  'failed',
]);

/** Connections that were opened, and on which what was said had no answer. */
export function silencedFlows(facts: Facts): Flow[] {
  const steps = [...(fact(facts, 'tls') ?? []), ...(fact(facts, 'http') ?? []), ...(fact(facts, 'greeting') ?? [])];
  const silent = steps.filter(({ failure }) => failure?.code === 'timed-out' || failure?.code === 'reset');
  const places = new Map(silent.map(({ address, port }) => [`${address} ${port}`, { address, port }]));
  return [...places.values()].slice(0, mostFlows).map((place) => ({ protocol: 'tcp', ...place }));
}

const notTheirs: ReadonlySet<string> = new Set([
  'self-signed',
  'untrusted-root',
  'name-mismatch',
  'certificate-invalid',
  'expired',
  'chain-incomplete',
]);

/** Connections that were opened, and at whose end somebody showed a certificate that may not be the target's. */
export function doubtfulFlows(facts: Facts): Flow[] {
  const steps = (fact(facts, 'tls') ?? []).filter(({ failure }) => failure && notTheirs.has(failure.code));
  const places = new Map(steps.map(({ address, port }) => [`${address} ${port}`, { address, port }]));
  return [...places.values()].slice(0, mostFlows).map((place) => ({ protocol: 'tcp', ...place }));
}

/** Connections of which some open and some do not, or not before a packet is sent again. */
export function lossyFlows(facts: Facts): Flow[] {
  const rows = (fact(facts, 'connect.series') ?? []).filter(({ sent, answered }) => answered > 0 && answered < sent);
  const late = (fact(facts, 'connect') ?? []).filter(
    ({ first, repeats }) => first.failure && repeats.some(({ failure }) => !failure),
  );
  const known = failingFlows(facts);
  return [...rows, ...late]
    .filter(({ address, port }) => !known.some((one) => one.address === address && one.port === port))
    .filter((one, i, all) => all.findIndex(({ address, port }) => address === one.address && port === one.port) === i)
    .slice(0, mostFlows)
    .map(({ address, port }) => ({ protocol: 'tcp', address, port }));
}

/** The connections that failed or are still silent, and the resolvers that did not answer. */
export function failingFlows(facts: Facts): Flow[] {
  const resolvers = (fact(facts, 'name.direct')?.answers ?? [])
    .filter((answer) => answer.failure && silentCodes.has(answer.failure.code))
    .map((answer) => ({ protocol: 'udp' as const, address: answer.resolver, port: answer.port }));
  const tcp = [...failedProbes(facts), ...stillOpening(facts)].map(({ address, port }) => ({
    protocol: 'tcp' as const,
    address,
    port,
  }));
  const all: Flow[] = [...resolvers, ...tcp];
  return all
    .filter(
      (flow, index) => all.findIndex((other) => other.address === flow.address && other.port === flow.port) === index,
    )
    .slice(0, mostFlows);
}

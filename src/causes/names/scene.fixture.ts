/** Facts and attempts for tests of causes, in a few words. */
import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Finding } from '../../model/cause.js';
import type { ConnectTry, FactValues, Facts, FactKey, ResolverAnswer } from '../../model/facts.js';
import type { Failure } from '../../model/failure.js';
import type { Observed } from '../../model/observed.js';
import { parseTarget } from '../../model/parse-target.js';

export const OWN = '203.0.113.53';
export const REFERENCE = '192.0.2.53';

export function known<T>(value: T): Observed<T> {
  return { state: 'known', value, at: 0, ms: 1, source: 'test' };
}

export function failure(symptom: string, more: Partial<Failure> = {}): Failure {
  const [operation, code] = symptom.split('/');
  return { operation, code, raw: code, ...more } as Failure;
}

type Known = { readonly [K in FactKey]?: FactValues[K] };

/** Facts that are known; `name.system` may be a failure's code instead. */
export function factsOf(target: string, values: Known, system?: string): Facts {
  const parsed = parseTarget(target);
  if (!parsed.ok) throw new Error(parsed.why);
  const facts = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, known(value)]));
  const failed = { state: 'failed', failure: failure(`resolve/${system}`), at: 0, ms: 1, source: 'test' };
  return { target: parsed.target, ...facts, ...(system !== undefined && { 'name.system': failed }) } as Facts;
}

export function answer(
  resolver: string,
  said: string | readonly string[],
  more: Partial<ResolverAnswer> = {},
): ResolverAnswer {
  const base = {
    resolver,
    port: 53,
    type: 'A',
    transport: 'udp',
    ms: 1,
    tries: 1,
    cnames: [],
    errors: [],
    strangers: 0,
  } as const;
  if (typeof said !== 'string') return { ...base, addresses: said, ...more };
  return { ...base, addresses: [], failure: failure(`exchange/${said}`), ...more };
}

export function named(host: string, ...answers: ResolverAnswer[]): FactValues['name.direct'] {
  return { name: host, answers };
}

export function configOf(
  resolver: string,
  order: readonly string[] = ['files', 'dns'],
  location = '/etc/resolv.conf:1',
): FactValues['name.config'] {
  return {
    resolvers: [{ address: resolver, port: 53, location }],
    search: [],
    file: { path: '/etc/resolv.conf', exists: true, link: null },
    order,
  };
}

export function failedName(symptom: string, host = 'shop.example'): FailedAttempt {
  return {
    id: 'name',
    stage: 'name',
    protocol: 'getaddrinfo',
    host,
    address: null,
    port: null,
    on: null,
    hop: 0,
    outcome: failure(symptom),
  };
}

export function failedResolver(symptom: string, address = OWN, more: Partial<Failure> = {}): FailedAttempt {
  return {
    id: `resolver:${address}`,
    stage: 'name',
    protocol: 'dns',
    host: 'shop.example',
    address,
    port: 53,
    on: null,
    hop: 0,
    outcome: failure(symptom, more),
  };
}

export function failedConnect(symptom: string, address: string, host = 'shop.example'): FailedAttempt {
  return {
    id: `connect:${address}:443`,
    stage: 'connect',
    protocol: 'tcp',
    host,
    address,
    port: 443,
    on: 'name',
    hop: 0,
    outcome: failure(symptom),
  };
}

export function connectTry(address: string, more: Partial<ConnectTry> = {}): ConnectTry {
  return {
    address,
    port: 443,
    synchronous: false,
    ms: 1,
    localAddress: '192.168.7.20',
    localPort: 40_000,
    icmp: [],
    tcp: null,
    ...more,
  };
}

export function judge(cause: Cause, attempt: FailedAttempt, facts: Facts): Finding {
  return cause.judge(attempt, { facts, attempts: [attempt] });
}

/**
 * Cases in which taking away one fact, from any part of the facts given, makes a finding sure that was not, or turns one
 * sureness into the other. Must be none.
 */
export function surerWithLess(cause: Cause, attempt: FailedAttempt, facts: Facts): string[] {
  const keys = Object.keys(facts).filter((key) => key !== 'target') as FactKey[];
  const found: string[] = [];
  for (let subset = 0; subset < 1 << keys.length; subset++) {
    const kept = keys.filter((_, at) => (subset >> at) & 1);
    const before = judge(cause, attempt, only(facts, kept));
    for (const gone of kept) {
      const after = judge(
        cause,
        attempt,
        only(
          facts,
          kept.filter((key) => key !== gone),
        ),
      );
      const sure = after.says === 'proven' || after.says === 'ruledOut';
      if (sure && after.says !== before.says)
        found.push(`${cause.id}: without ${gone} of ${kept.join(' ')}: ${before.says} → ${after.says}`);
    }
  }
  return found;
}

function only(facts: Facts, keys: readonly FactKey[]): Facts {
  return { target: facts.target, ...Object.fromEntries(keys.map((key) => [key, facts[key]])) };
}

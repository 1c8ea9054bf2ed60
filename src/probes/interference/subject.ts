import { familyOf } from '../../model/address.js';
import { fact, type Facts } from '../../model/facts.js';
import type { LateStep } from '../../model/gatherer.js';
import type { InterferenceFact } from '../../model/interference.js';
import { proxyOf } from '../../model/proxied.js';

/** The failed step that the experiments repeat. */
export interface Subject extends Pick<InterferenceFact, 'layer' | 'hop' | 'host' | 'address' | 'port'> {
  /** Of the request, without its query. */
  readonly path: string;
  readonly applicationProtocols: readonly string[];
}

/** How somebody between shows: he cuts, he swallows, he answers. The certificate's faults are others' matter. */
const cut: Readonly<Record<Subject['layer'], ReadonlySet<string>>> = {
  tls: new Set(['not-tls', 'closed', 'reset', 'timed-out', 'alert', 'handshake-failure', 'unrecognized-name']),
  http: new Set(['closed', 'reset', 'timed-out', 'forbidden', 'legal-block', 'network-authentication']),
};

/**
 * The step at which the target hangs, where it is one that a filter between could have stopped. Of HTTP only what goes
 * unencrypted: nobody between reads the rest.
 */
export function subjectOf(facts: Facts, late: LateStep | null = null): Subject | null {
  const { target } = facts;
  const redirects = fact(facts, 'redirects') ?? [];
  const last = redirects.at(-1);
  if (last && redirects.length > 0 && (last.tls?.failure || last.http?.failure)) {
    if (last.proxy) return null;
    const url = URL.canParse(last.url) ? new URL(last.url) : null;
    const at = {
      hop: redirects.length,
      host: last.host,
      path: url?.pathname ?? '/',
      applicationProtocols: ['http/1.1'],
    };
    return last.tls?.failure
      ? chosen('tls', last.tls, at)
      : url?.protocol === 'http:' && last.http
        ? chosen('http', last.http, at)
        : null;
  }
  if (proxyOf(facts) !== null || target.scheme === 'unix') return null;
  const web = target.protocol === 'http';
  const at = { hop: 0, host: target.host, path: target.path, applicationProtocols: web ? ['http/1.1'] : [] };
  const clear = target.transport === 'plain' && web;
  // It is waited for still, and nothing has failed yet.
  if (late && late.step !== 'greeting' && facts[late.step] === undefined) {
    return late.step === 'tls' || clear ? { layer: late.step, address: late.address, port: late.port, ...at } : null;
  }
  const tls = fact(facts, 'tls') ?? [];
  if (target.transport === 'tls' && tls.length > 0 && tls.every((one) => one.failure)) {
    return tls[0] ? chosen('tls', tls[0], at) : null;
  }
  const http = fact(facts, 'http') ?? [];
  if (clear && http.length > 0 && http.every((one) => one.failure)) {
    return http[0] ? chosen('http', http[0], at) : null;
  }
  return null;
}

type Failed = NonNullable<ReturnType<typeof failedOf>>;

function failedOf(facts: Facts) {
  return fact(facts, 'tls')?.[0] ?? fact(facts, 'http')?.[0];
}

function chosen(
  layer: Subject['layer'],
  { address, port, failure }: Pick<Failed, 'address' | 'port' | 'failure'>,
  at: Omit<Subject, 'layer' | 'address' | 'port'>,
): Subject | null {
  if (!failure || !cut[layer].has(failure.code) || familyOf(address) === 0) return null;
  return { layer, address, port, ...at };
}

import { turnedAwayElsewhere } from '../causes/path/turned-away.js';
import { type Attempt, hasFailed } from '../model/attempt.js';
import {
  fact,
  type AddressProbe,
  type ConnectTry,
  type Facts,
  type HttpTry,
  type ResolverAnswer,
  type SystemNames,
  type TlsTry,
} from '../model/facts.js';
import type { Failure } from '../model/failure.js';
import { saidOnTheWay, wasReset } from '../model/icmp.js';
import { ledToLogin } from '../model/led-to-login.js';
import { triedInVain } from '../model/tried-in-vain.js';
import { pageInstead } from '../model/page-instead.js';
import { sameForNobody } from '../model/proxied.js';
import { foretoldAttempts, programAttempts } from './program-attempts.js';
import { proxyAttempts } from './proxy-attempts.js';

/** What was tried, in order, read off the facts. The same facts always give the same attempts. */
export function attemptsOf(facts: Facts): Attempt[] {
  const { target } = facts;
  const attempts: Attempt[] = programAttempts(facts);
  const named = target.literal === 0 && target.scheme !== 'unix';
  if (named) {
    const system = facts['name.system'];
    if (system?.state === 'known' || system?.state === 'failed') {
      attempts.push({
        ...place(0, 'name', target.host),
        stage: 'name',
        protocol: 'getaddrinfo',
        outcome: system.state === 'failed' ? system.failure : 'ok',
        ...(system.state === 'known' && askedAgain(system.value)),
      });
    }
    attempts.push(...resolverAttempts(fact(facts, 'name.direct')?.answers ?? [], target.host));
  }
  const name = named ? 'name' : null;
  const way = fact(facts, 'proxy.way');
  if (way) attempts.push(...proxyAttempts(way, target.host, 0), ...noProxyAttempts(facts));
  attempts.push(
    ...connectAttempts(fact(facts, 'connect') ?? [], target.host, 0, name).map((one) =>
      beside(told(one, facts), facts),
    ),
  );
  attempts.push(...quicAttempts(facts));
  attempts.push(...layered(fact(facts, 'tls') ?? [], 'tls', target.host, 0, 'connect'));
  const below = target.transport === 'tls' ? 'tls' : 'connect';
  attempts.push(...layered(fact(facts, 'http') ?? [], 'http', target.host, 0, below));
  for (const greeting of fact(facts, 'greeting') ?? []) {
    const at = hostId(greeting.address, greeting.port);
    attempts.push({
      ...place(0, `service:${at}`, target.host, greeting.address, greeting.port, `${below}:${at}`),
      stage: 'service',
      protocol: 'service',
      outcome: greeting.failure ?? 'ok',
    });
  }
  (fact(facts, 'redirects') ?? []).forEach((step, index) => {
    const hop = index + 1;
    if (step.nameFailure) {
      attempts.push({
        ...place(hop, 'name', step.host),
        stage: 'name',
        protocol: 'getaddrinfo',
        outcome: step.nameFailure,
      });
    }
    if (step.proxy) attempts.push(...proxyAttempts(step.proxy, step.host, hop));
    attempts.push(...connectAttempts(step.connect, step.host, hop, null));
    if (step.tls) attempts.push(...layered([step.tls], 'tls', step.host, hop, 'connect'));
    if (step.http) attempts.push(...layered([step.http], 'http', step.host, hop, step.tls ? 'tls' : 'connect'));
    if (step.failure) {
      const http = attempts.findIndex((attempt) => attempt.hop === hop && attempt.stage === 'http');
      const failing: Attempt = {
        ...place(hop, `http:${hostId(step.host, step.port)}`, step.host, null, step.port),
        stage: 'http',
        protocol: 'http',
        outcome: step.failure,
      };
      if (http < 0) attempts.push(failing);
      else attempts[http] = { ...attempts[http], ...failing, address: attempts[http]?.address ?? null };
    }
  });
  const led = ledToLogin(facts);
  const ledTo = attempts.findIndex(
    ({ hop, stage, outcome }) => hop === led?.hop && stage === 'http' && outcome === 'ok',
  );
  const page = attempts[ledTo];
  if (page) attempts[ledTo] = { ...page, outcome: loginInstead };
  const instead = pageInstead(facts);
  const insteadAt = attempts.findIndex(
    ({ hop, stage, outcome, address, port }) =>
      hop === 0 && stage === 'http' && outcome === 'ok' && address === instead?.address && port === instead.port,
  );
  const stranger = attempts[insteadAt];
  if (stranger) attempts[insteadAt] = { ...stranger, outcome: loginInstead };
  const [inBrowser] = fact(facts, 'browser.trials')?.runs ?? [];
  if (inBrowser?.failure) {
    attempts.push({
      ...place(0, 'browser', target.host),
      stage: 'http',
      protocol: 'browser',
      outcome: inBrowser.failure,
    });
  }
  attempts.push(...foretoldAttempts(attempts, facts));
  return attempts.map((attempt) => (passesProxy(attempt, facts) ? { ...attempt, throughProxy: true } : attempt));
}

/** Not the site's own page: the network's, which led a page that has nothing to do with it to the same place. */
const loginInstead: Failure = { operation: 'http', code: 'network-authentication', raw: 'a login page instead' };

function passesProxy({ hop, stage, toProxy }: Attempt, facts: Facts): boolean {
  if (toProxy || (stage !== 'tls' && stage !== 'http' && stage !== 'service')) return false;
  return hop === 0 ? fact(facts, 'proxy.way') !== undefined : fact(facts, 'redirects')?.[hop - 1]?.proxy !== undefined;
}

type Place = Pick<Attempt, 'id' | 'host' | 'address' | 'port' | 'on' | 'hop'>;

export function place(
  hop: number,
  id: string,
  host: string,
  address: string | null = null,
  port: number | null = null,
  on: string | null = null,
): Place {
  const prefix = hop === 0 ? '' : `redirect${hop}:`;
  return { id: prefix + id, host, address, port, on: on === null ? null : prefix + on, hop };
}

export function hostId(address: string, port: number): string {
  return `${address}:${port}`;
}

/** The question, or the answer to it, got lost: another one was answered at once. */
function askedAgain({ silentMs, failedFirst }: SystemNames): Pick<Attempt, 'recovered'> {
  if (failedFirst) return { recovered: { failures: 1, tries: 2, first: failedFirst } };
  if (silentMs === undefined) return {};
  const raw = `no answer for ${silentMs} ms, until it was asked again`;
  return { recovered: { failures: 1, tries: 2, first: { operation: 'resolve', code: 'timed-out', raw } } };
}

/** What answers in the place of the proxy gives the same for a host that cannot exist: it carried nothing out. */
function noProxyAttempts(facts: Facts): Attempt[] {
  const answer = sameForNobody(facts);
  const server = fact(facts, 'proxy.way')?.setting.server;
  if (!answer || !server) return [];
  const raw = `${answer.status ?? 0} ${answer.reason ?? ''}`.trim();
  return [
    {
      ...place(0, `proxy:answer:${hostId(server.host, server.port)}`, facts.target.host, server.host, server.port),
      stage: 'proxy',
      protocol: 'proxy',
      outcome: { operation: 'proxy', code: 'not-a-proxy', raw },
    },
  ];
}

/** One attempt for each resolver: it held when it gave an address, or at least one whole answer. */
function resolverAttempts(answers: readonly ResolverAnswer[], host: string): Attempt[] {
  return [...new Set(answers.map((answer) => answer.resolver))].map((resolver) => {
    const own = answers.filter((answer) => answer.resolver === resolver);
    const gave = own.find((answer) => answer.failure === undefined && answer.addresses.length > 0);
    const failure = worst(own.flatMap((answer) => answer.failure ?? []));
    return {
      ...place(0, `resolver:${resolver}`, host, resolver, own[0]?.port ?? 53),
      stage: 'name',
      protocol: 'dns',
      outcome: gave || !failure ? 'ok' : failure,
    } satisfies Attempt;
  });
}

/**
 * Of several failures of one resolver the one that says most: an answer about the name beats silence, and silence about
 * one kind of address beats "none of the other kind".
 */
function worst(failures: readonly Failure[]): Failure | undefined {
  const order = ['nxdomain', 'declined', 'server-failure'];
  const rank = (failure: Failure): number =>
    order.includes(failure.code) ? order.indexOf(failure.code) : order.length + (failure.code === 'no-data' ? 1 : 0);
  return [...failures].sort((a, b) => rank(a) - rank(b))[0];
}

export function connectAttempts(
  probes: readonly AddressProbe[],
  host: string,
  hop: number,
  on: string | null,
): Attempt[] {
  return probes.map((probe) => {
    const tries = [probe.first, ...probe.repeats];
    const held = tries.some((one) => one.failure === undefined);
    // What was given up because another try held is no failure: it was only not waited for.
    const waited = held ? tries.filter((one) => one.pending !== true && one.failure?.raw !== 'given up') : tries;
    const failures = waited.flatMap((one) => one.failure ?? []);
    const first = refusedBeyond(waited) ?? failures[0];
    const recovered = held && first ? { failures: failures.length, tries: waited.length, first } : sentAgain(tries);
    return {
      ...place(hop, `connect:${hostId(probe.address, probe.port)}`, host, probe.address, probe.port, on),
      stage: 'connect',
      protocol: probe.port === 0 ? 'unix' : 'tcp',
      outcome: held || !first ? 'ok' : first,
      ...(held && recovered ? { recovered } : {}),
    } satisfies Attempt;
  });
}

/**
 * What came to the target and was refused there got farther than what a router turned away: where most of them did, the
 * target hangs on that.
 */
function refusedBeyond(tries: readonly ConnectTry[]): Failure | undefined {
  const [first] = tries;
  if (first?.failure === undefined || saidOnTheWay(first, first.address).length === 0) return undefined;
  const refused = tries.filter((one) => wasReset(one));
  return refused.length * 2 > tries.length ? refused[0]?.failure : undefined;
}

/** Silence, of which a router said to somebody else why: it says so only so often. */
function told(attempt: Attempt, facts: Facts): Attempt {
  if (!hasFailed(attempt) || attempt.outcome.code !== 'timed-out') return attempt;
  const said = turnedAwayElsewhere(attempt, facts);
  if (!said) return attempt;
  const { origin, type, code, from } = said.icmp;
  const raw = `${attempt.outcome.raw}; elsewhere ${origin} ${type}/${code}`;
  const as = said.says === 'prohibition' ? 'prohibited' : 'network-unreachable';
  return { ...attempt, outcome: { operation: 'connect', code: as, raw, from } };
}

/** Ours held, the named program's did not, and of more of ours to the same place some were answered and others not. */
function beside(attempt: Attempt, facts: Facts): Attempt {
  if (attempt.outcome !== 'ok' || attempt.recovered) return attempt;
  const { address, port } = attempt;
  const same = (one: { readonly address: string; readonly port: number }): boolean =>
    one.address === address && one.port === port;
  const series = fact(facts, 'connect.series')?.find(same);
  if (!series || series.answered === 0 || series.answered === series.sent || !triedInVain(facts).some(same))
    return attempt;
  const first: Failure = { operation: 'connect', code: 'timed-out', raw: 'no answer to others like it' };
  return { ...attempt, recovered: { failures: series.sent - series.answered, tries: series.sent + 1, first } };
}

/**
 * The kernel itself tried again after a second of silence, and then it held, or another try did: what was sent first, or
 * the answer to it, got lost.
 */
function sentAgain(tries: readonly ConnectTry[]): Attempt['recovered'] {
  const failures = tries.reduce((sum, one) => sum + (one.pending === true ? 0 : (one.tcp?.totalRetransmitted ?? 0)), 0);
  if (failures === 0) return undefined;
  const opened = tries.filter((one) => one.failure === undefined).length;
  const raw = `no answer until it was sent ${failures === 1 ? 'again' : `${failures} times more`}`;
  return { failures, tries: failures + opened, first: { operation: 'connect', code: 'timed-out', raw } };
}

/** HTTP/3 beside TCP: that it was silent for a moment says nothing. */
function quicAttempts(facts: Facts): Attempt[] {
  const tries = fact(facts, 'quic') ?? [];
  const [first] = tries;
  const failure = tries.find((one) => one.failure)?.failure;
  const held = tries.some((one) => !one.failure);
  if (!first || (!held && failure?.code === 'timed-out' && !tries.every((one) => one.waited))) return [];
  const { address, port } = first;
  return [
    {
      ...place(0, `quic:${hostId(address, port)}`, facts.target.host, address, port, null),
      stage: 'connect',
      protocol: 'quic',
      outcome: held || !failure ? 'ok' : failure,
    },
  ];
}

/** TLS or HTTP: several tries at one address are one attempt. */
function layered(
  tries: readonly (TlsTry | HttpTry)[],
  stage: 'tls' | 'http',
  host: string,
  hop: number,
  below: string,
): Attempt[] {
  return [...new Set(tries.map((one) => hostId(one.address, one.port)))].map((at) => {
    const own = tries.filter((one) => hostId(one.address, one.port) === at);
    const failures = own.flatMap((one) => one.failure ?? []);
    const held = own.some((one) => one.failure === undefined);
    const first = failures[0];
    return {
      ...place(hop, `${stage}:${at}`, host, own[0]?.address ?? null, own[0]?.port ?? null, `${below}:${at}`),
      stage,
      protocol: stage,
      outcome: held || !first ? 'ok' : first,
      ...(held && first ? { recovered: { failures: failures.length, tries: own.length, first } } : {}),
    } satisfies Attempt;
  });
}

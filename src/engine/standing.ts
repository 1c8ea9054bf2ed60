import { hasFailed, type Attempt, type FailedAttempt } from '../model/attempt.js';
import { familyOf } from '../model/address.js';
import { fact, type Facts } from '../model/facts.js';
import { isForbidden } from './program-attempts.js';
import { probesOf } from '../model/probed.js';
import { needsOwnName, proxyOf } from '../model/proxied.js';
import type { Stage } from '../model/words.js';

/** How far the target was reached. */
export interface Standing {
  readonly state: 'reached' | 'failed' | 'unmeasured';
  /** The stage that stopped it, or that was not measured. */
  readonly stage: Stage | null;
  /** The deepest failed attempts: the target hangs on one of them holding. */
  readonly frontier: readonly FailedAttempt[];
  /** Failed as well, while another of their kind held. */
  readonly beside: readonly FailedAttempt[];
}

/**
 * The target is a chain of stages, and each holds when one of its attempts does. The first stage at which all failed is
 * where the target hangs.
 */
export function standingOf(facts: Facts, attempts: readonly Attempt[]): Standing {
  const beside: FailedAttempt[] = [];
  const start = attempts.find((attempt) => attempt.byProgram && attempt.stage === 'target');
  if (start && hasFailed(start)) return { state: 'failed', stage: 'target', frontier: [start], beside };
  const hops = Math.max(0, ...attempts.map((attempt) => attempt.hop));
  for (let hop = 0; hop <= hops; hop++) {
    for (const step of expectedSteps(facts, hop)) {
      const { stage } = step;
      const own = attemptsAt(step, hop, attempts);
      const asked = own.filter((attempt) => attempt.protocol !== 'dns');
      if (asked.length === 0) {
        if (step.optional) continue;
        return { state: 'unmeasured', stage, frontier: [], beside };
      }
      if (asked.some((attempt) => attempt.outcome === 'ok')) {
        beside.push(...own.filter(hasFailed).filter((attempt) => !isAbsentFamily(attempt, facts)));
        continue;
      }
      const failing = deepest(own.filter(hasFailed), facts);
      // What the system refused the program at once comes before whatever is in the way of what gets out.
      const refused = stage === 'name' ? [] : refusedToProgram(attempts, facts);
      if (refused.length > 0)
        return { state: 'failed', stage: 'connect', frontier: refused, beside: [...beside, ...failing] };
      return { state: 'failed', stage, frontier: failing, beside };
    }
  }
  if (facts.target.ofProgram && fact(facts, 'device.program') === undefined)
    return { state: 'unmeasured', stage: 'connect', frontier: [], beside };
  const refused = refusedToProgram(attempts, facts);
  if (refused.length > 0) return { state: 'failed', stage: 'connect', frontier: refused, beside };
  const waits = redirectPending(facts);
  if (waits) return { state: 'unmeasured', stage: 'http', frontier: [], beside };
  // Everything held, but for a browser with the user's own settings.
  const inBrowser = attempts.filter((attempt) => attempt.protocol === 'browser').filter(hasFailed);
  if (inBrowser.length > 0) return { state: 'failed', stage: 'http', frontier: inBrowser, beside };
  return { state: 'reached', stage: null, frontier: [], beside };
}

/**
 * Connections that the system refused to the program at once, before anything was sent, while the same ones hold for us, or
 * at least leave this computer. Whatever else it met may have been over before we tried: that is no standing failure.
 */
function refusedToProgram(attempts: readonly Attempt[], facts: Facts): FailedAttempt[] {
  const foretold = attempts.filter((attempt) => attempt.foretold).filter(hasFailed);
  const own = attempts.filter((attempt) => attempt.byProgram && attempt.stage === 'connect');
  const holds = (attempt: Attempt): boolean => oursTo(attempt, attempts)?.outcome === 'ok';
  if (foretold.length > 0) return foretold.every(holds) ? foretold : [];
  if (own.some((attempt) => attempt.outcome === 'ok')) return [];
  // A router's word comes to the program by the same codes, and is about its connection (ICMPv6 1/1: EACCES).
  const later = new Set((fact(facts, 'device.program')?.tried ?? []).filter((one) => !one.synchronous).map(placeOf));
  return own.filter(hasFailed).filter((attempt) => {
    const atOnce = !later.has(placeOf(attempt));
    if (holds(attempt)) return (atOnce && isRefusal(attempt)) || isForbidden(attempt, facts);
    return atOnce && isRefusedCall(attempt) && leavesForUs(attempt, attempts, facts);
  });
}

const refusals: ReadonlySet<string> = new Set(['not-permitted', 'prohibited', 'network-unreachable']);

function isRefusal(attempt: FailedAttempt): boolean {
  return refusals.has(attempt.outcome.code) || isRefusedCall(attempt);
}

/** No packet brings these about: EACCES by IPv6 alone, which ours would have met as well. ENOSYS is a filter's own word. */
function isRefusedCall({ outcome: { code, raw } }: FailedAttempt): boolean {
  return code === 'not-permitted' || code === 'prohibited' || raw === 'ENOSYS';
}

function oursTo({ address, port }: Attempt, attempts: readonly Attempt[]): Attempt | undefined {
  return attempts.find(
    (one) => !one.byProgram && !one.toProxy && one.stage === 'connect' && one.address === address && one.port === port,
  );
}

/** Ours fails there too, but not so: it was sent, and something else became of it. */
function leavesForUs(attempt: FailedAttempt, attempts: readonly Attempt[], facts: Facts): boolean {
  const ours = oursTo(attempt, attempts);
  if (!ours || !hasFailed(ours) || ours.outcome.code === attempt.outcome.code) return false;
  const probe = probesOf(facts).find(({ address, port }) => address === attempt.address && port === attempt.port);
  return probe?.first.synchronous === false;
}

function placeOf({ address, port }: { readonly address: string | null; readonly port: number | null }): string {
  return `${address ?? ''} ${port ?? 0}`;
}

interface Step {
  readonly stage: Stage;
  /** Of the way to a proxy. */
  readonly toProxy?: true;
  /** Not every way has it: a literal address needs no name, and a step may have failed as a whole. */
  readonly optional?: boolean;
}

function expectedSteps(facts: Facts, hop: number): Step[] {
  const { target } = facts;
  if (hop > 0)
    return [optional('name'), ...toProxy, optional('proxy'), optional('connect'), optional('tls'), { stage: 'http' }];
  const named = target.literal === 0 && target.scheme !== 'unix' && needsOwnName(facts);
  const name: Step[] = named ? [{ stage: 'name' }] : [];
  const steps: Step[] =
    proxyOf(facts) === null
      ? [...name, { stage: 'connect' }]
      : [...toProxy, ...name, { stage: 'proxy', optional: fact(facts, 'proxy.way')?.forwards === true }];
  if (target.transport === 'tls') steps.push({ stage: 'tls' });
  steps.push({ stage: target.protocol === 'http' ? 'http' : 'service' });
  return steps;
}

function optional(stage: Stage): Step {
  return { stage, optional: true };
}

const toProxy: readonly Step[] = (['name', 'connect', 'tls'] as const).map((stage) => ({
  ...optional(stage),
  toProxy: true,
}));

function attemptsAt(step: Step, hop: number, attempts: readonly Attempt[]): Attempt[] {
  const here = attempts.filter(
    (one) => !one.byProgram && one.protocol !== 'browser' && one.hop === hop && one.stage === step.stage,
  );
  if (!step.toProxy) return here.filter((attempt) => !attempt.toProxy);
  const own = here.filter((attempt) => attempt.toProxy);
  // Resolvers are asked for the target's name. Where the proxy's gets no answer at all, their silence says why.
  const unanswered = own.some((attempt) => hasFailed(attempt) && attempt.outcome.code !== 'not-found');
  return unanswered ? [...own, ...here.filter(isUnheardResolver)] : own;
}

function isUnheardResolver(attempt: Attempt): boolean {
  const aboutName = ['nxdomain', 'no-data', 'declined'];
  return attempt.protocol === 'dns' && hasFailed(attempt) && !aboutName.includes(attempt.outcome.code);
}

/** The page answered with a redirect that nobody has followed yet. */
function redirectPending(facts: Facts): boolean {
  const answered = fact(facts, 'http')?.find((one) => one.failure === undefined);
  const redirects = (answered?.status ?? 0) >= 300 && (answered?.status ?? 0) < 400 && answered?.location !== undefined;
  return redirects && (facts.redirects === undefined || facts.redirects.state !== 'known');
}

/**
 * A name hangs on the resolvers: where all of them failed they are deeper than the name itself. Of addresses, those of
 * a family that this device does not have at all say nothing while another family's say something.
 */
function deepest(failed: readonly FailedAttempt[], facts: Facts): FailedAttempt[] {
  const present = failed.filter((attempt) => !isAbsentFamily(attempt, facts));
  return present.length > 0 ? present : [...failed];
}

/** IPv6 (or IPv4) addresses on a device without a route of that family: no fault, the family is just not there. */
export function isAbsentFamily(attempt: FailedAttempt, facts: Facts): boolean {
  if (attempt.stage !== 'connect' || attempt.address === null) return false;
  const probes = probesOf(facts);
  const probe = probes.find((one) => one.address === attempt.address && one.port === attempt.port);
  const code = attempt.outcome.code;
  if (!probe?.first.synchronous) return false;
  if (code !== 'network-unreachable' && code !== 'no-local-address' && code !== 'family-unsupported') return false;
  const family = familyOf(attempt.address);
  return probes.some((one) => familyOf(one.address) !== family);
}

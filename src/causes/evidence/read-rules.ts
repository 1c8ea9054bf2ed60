import type { Folded } from '../../firewall/folds-into.js';
import type { Owner } from '../../firewall/owner.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Scene } from '../../model/cause.js';
import { fact, type Facts, type FlowTrace } from '../../model/facts.js';
import type { ModelDecision } from '../../model/firewall-facts.js';
import { answeredFromOutside, handedDown, isOwnAddress, traceOf, triesOf } from './connection-evidence.js';
import { type Stop, whatOwnerSays } from './stop.js';

/**
 * The rule that, as the rules are read, stops a packet like this attempt's. Null where nothing was read, where the rules
 * let it pass, where what happened contradicts it, and where the kernel followed our packet and saw no such thing.
 */
export function readStop(attempt: FailedAttempt, scene: Scene): Stop | null {
  const decision = refusal(attempt, scene);
  if (!decision || !isLikeIt(decision, attempt, scene) || isContradicted(decision, attempt, scene)) return null;
  return stopFrom(decision, scene.facts);
}

/** The rule or policy that decides; null where several could be it. */
export function stopFrom(decision: ModelDecision, facts: Facts): Stop | null {
  const at = placeOf(decision);
  if (!at) return null;
  // Inspectors hand on what src/firewall said, as JSON: the closed words are the same.
  const owner = decision.owner as Owner | null;
  const folded = decision.folded as Pick<Folded, 'cause' | 'about'> | null;
  return {
    flow: null,
    towards: { protocol: decision.protocol, address: decision.address, port: decision.port },
    at,
    owner,
    folded: folded === null ? null : { ...folded, owner },
    ...whatOwnerSays(owner, at, [], facts),
  };
}

export function readEvidence({ at }: Stop): Evidence {
  const what = at.direction === 'out' ? 'our packet' : 'the answer to our packet';
  const number = at.rule?.number === undefined ? '' : ` number ${at.rule.number}`;
  const place = `${at.rule?.backend ?? 'nft'} ${at.family} ${at.table}, chain ${at.chain}`;
  return {
    fact: 'device.firewall',
    says:
      at.kind === 'policy'
        ? `read as they stand, the rules let ${what} run into the policy of that chain (${place})`
        : `read as they stand, the rules lead ${what} to that rule (${place}${number})`,
  };
}

/** What the rules as this program reads them say beside the kernel's trace. The kernel is believed. */
export function agreement({ at }: Stop, flow: FlowTrace, scene: Scene): readonly Evidence[] {
  const decisions = decisionsFor(flow, scene).filter((one) => one.direction === at.direction);
  const decision = decisions.find((one) => one.verdict !== 'accept') ?? decisions.at(-1);
  if (!decision || decision.verdict === 'unknown') return [];
  const read = placeOf(decision);
  if (read === null && decision.verdict !== 'accept') return [];
  // What is read is an answer that opens the connection; the one that was stopped may have been a refusal.
  if (at.direction === 'in' && decision.verdict === 'accept') return [];
  const isSame = read !== null && isSamePlace(read, at);
  const says = isSame
    ? 'reading all rules of this computer gives the same one'
    : `reading all rules gave another answer (${decision.verdict}, ${decision.why}): the kernel is believed, and this program reads them wrongly; please report that with this report`;
  return [{ fact: 'device.firewall', says }];
}

/** The elements of sets by which that rule took the packet, as the rules are read; else as nft gave them for the other side. */
export function caughtEvidence({ at, flow, towards }: Stop, scene: Scene): readonly Evidence[] {
  const read = decisionsFor(towards, scene).find((one) => {
    const place = one.direction === at.direction ? placeOf(one) : null;
    return place !== null && isSamePlace(place, at);
  })?.caught;
  if (read !== undefined) return [{ fact: 'device.firewall', says: `it is taken by ${read.join(' and ')}` }];
  const asked = flow?.excerpt?.caught.map(({ set, element }) => `${element} in set ${set}`) ?? [];
  return asked.length === 0 ? [] : [{ fact: 'kernel.trace', says: `it is taken by ${asked.join(' and ')}` }];
}

/** What reading says of the very rule at which the kernel stopped a packet: its text, where that could not be listed. */
export function asRead(flow: FlowTrace, at: Stop['at'], scene: Scene): Stop | null {
  for (const decision of decisionsFor(flow, scene)) {
    const found = decision.direction === at.direction ? stopFrom(decision, scene.facts) : null;
    if (found && isSamePlace(found.at, at)) return found;
  }
  return null;
}

function isSamePlace(one: Stop['at'], other: Stop['at']): boolean {
  const isThere = one.family === other.family && one.table === other.table && one.chain === other.chain;
  return isThere && one.kind === other.kind && (one.kind === 'policy' || one.rule?.handle === other.rule?.handle);
}

/** Where the rules as read would stop what the kernel let pass: a sign that they are read wrongly. */
export function misread(attempt: FailedAttempt, scene: Scene): string {
  const decision = refusal(attempt, scene);
  if (!decision || !isLikeIt(decision, attempt, scene) || !isContradicted(decision, attempt, scene)) return '';
  return `, though as this program reads them one would (${decision.why}): the kernel is believed`;
}

/** Who refuses, where another manager would let it pass: only where what was read is the place that stopped it. */
export function refusingManager(stop: Stop, attempt: FailedAttempt, scene: Scene): string | null {
  const decision = refusal(attempt, scene);
  const read = decision ? placeOf(decision) : null;
  if (stop.owner !== null) return stop.owner.id;
  return read !== null && isSamePlace(read, stop.at) ? (decision?.otherwise?.refusing ?? null) : null;
}

function decisionsFor(flow: Pick<FlowTrace, 'protocol' | 'address' | 'port'>, { facts }: Scene): ModelDecision[] {
  const all = fact(facts, 'device.firewall')?.decisions ?? [];
  return all.filter((one) => one.protocol === flow.protocol && one.address === flow.address && one.port === flow.port);
}

export function refusal({ address, port, protocol }: FailedAttempt, scene: Scene): ModelDecision | undefined {
  if (address === null || port === null) return undefined;
  const decisions = decisionsFor({ protocol: protocol === 'dns' ? 'udp' : 'tcp', address, port }, scene);
  return decisions.find((one) => one.verdict === 'drop' || one.verdict === 'reject');
}

const silence: ReadonlySet<string> = new Set(['timed-out', 'not-permitted']);

/** A drop is silence, and a reject an error: another failure has another cause. */
function isLikeIt({ verdict, direction }: ModelDecision, attempt: FailedAttempt, scene: Scene): boolean {
  if (attempt.stage !== 'connect' && attempt.stage !== 'name') return false;
  const { code } = attempt.outcome;
  if (verdict === 'drop') {
    // What was dropped on its way out was never sent.
    const left = direction === 'out' && !isOwnAddress(attempt.address, scene) && handedDown(triesOf(attempt, scene));
    return silence.has(code) && !left;
  }
  // Rejecting an answer tells the sender of the answer, and nobody here.
  return direction === 'out' ? code !== 'timed-out' && !answeredFromOutside(attempt, scene) : silence.has(code);
}

/**
 * The kernel's trace follows every rule of nf_tables: one that it did not see stop our packet did not stop it. Of what
 * comes in it begins at prerouting, and knows nothing of an answer that ended at the hook before.
 */
function isContradicted({ rule, policy, path }: ModelDecision, attempt: FailedAttempt, scene: Scene): boolean {
  const traced = traceOf(attempt, scene);
  if (traced === undefined || (rule ?? policy)?.backend === 'iptables-legacy') return false;
  return traced.seenIn || path.at(-1)?.hook !== 'ingress';
}

function placeOf({ rule, policy, direction, verdict }: ModelDecision): Stop['at'] | null {
  if (rule !== null) return { ...rule, kind: 'rule', verdict, direction, rule };
  return policy === null ? null : { ...policy, kind: 'policy', verdict, direction, rule: policy };
}

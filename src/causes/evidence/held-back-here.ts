import type { FailedAttempt } from '../../model/attempt.js';
import { fact } from '../../model/facts.js';
import type { Finding, Scene } from '../../model/cause.js';
import type { ModelDecision } from '../../model/firewall-facts.js';
import { keptBack } from './kept-back.js';
import { notYetAsked } from './not-yet-asked.js';
import type { Culprit } from '../../model/words.js';
import { stopFrom } from './read-rules.js';
import { followedOnceOpen, stoppedOnceOpen } from './said-rule.js';
import { onlyForSender, senderWords } from './traced-rule.js';
import { ruleCulprit } from './rule-culprit.js';
import { dependsOn, interferenceOf, plainTrials, stoppedHere } from './interference-evidence.js';

/** The connection stands, and what is said on it because of its content never leaves this device. */
export function heldBackHere(attempt: FailedAttempt, scene: Scene): Finding {
  const followed = stoppedOnceOpen(attempt, scene);
  if (followed) return followed;
  const found = interferenceOf(attempt, scene);
  const isByName = found !== undefined && stoppedHere(found);
  const kept = isByName ? null : neverLeft(attempt, scene);
  if (kept) return kept;
  const byRule = mayBeHeldBack(attempt, scene);
  if (byRule && !isByName) return byRule;
  const unhanded = isByName ? null : answersToNobody(attempt, scene);
  if (unhanded) return unhanded;
  if (!found || !isByName) {
    const unread = notYetAsked(scene, ...rulesFor(attempt, scene));
    if (found && unread.length === 0 && plainTrials(found, 'same').some((one) => one.unsent === false))
      return { says: 'ruledOut', because: 'what was said left this computer', facts: ['interference'] };
    const asks = attempt.stage === 'tls' || attempt.stage === 'http';
    return {
      says: 'unknown',
      missing: asks ? [...notYetAsked(scene, 'interference'), ...unread] : [],
      because: 'the connection itself was opened',
    };
  }
  const other = plainTrials(found, dependsOn(found) === 'path' ? 'path' : 'other')[0];
  return {
    says: 'fits',
    weight: 0.95,
    stage: attempt.stage,
    summary: `Something on this computer holds back what is said to ${attempt.host}: a firewall or a security program.`,
    advice: 'look for rules that match text or names, and at security programs and parental controls',
    evidence: [
      { fact: 'interference', says: 'each time what was said never left this computer' },
      {
        fact: 'interference',
        says: `the same for ${other?.name ?? 'another name'} left it, and was answered`,
      },
    ],
    missing: notYetAsked(scene, 'kernel.said'),
  };
}

/** By a rule that can match only what one user, group or cgroup sends: for everybody else it is not there. */
export function heldBackForSender(attempt: FailedAttempt, scene: Scene): Finding | null {
  const followed = followedOnceOpen(attempt, scene);
  const decision = followed ? undefined : saidDecision(attempt, scene, 'out');
  const read = decision && decision.verdict !== 'unknown' ? stopFrom(decision, scene.facts) : null;
  const stop = followed?.stop ?? read;
  if (!stop || !onlyForSender(stop)) return null;
  const found = heldBackHere(attempt, scene);
  if (found.says !== 'proven' && found.says !== 'fits') return null;
  return { ...found, ...senderWords(stop, 'holds back what is said on this connection from') };
}

/** Behind the handshake nothing left this device: by a rule that is read, or by what only root may read. */
function neverLeft(attempt: FailedAttempt, scene: Scene): Finding | null {
  const kept = keptBack(attempt, scene);
  if (!kept) return null;
  const rule = saidDecision(attempt, scene, 'out');
  return {
    says: 'fits',
    weight: 0.95,
    atMost: 'likely',
    side: 'this-device',
    stage: attempt.stage,
    ...(rule && { culprit: culpritOf(rule, scene) }),
    summary: `Something on this computer lets the connection to ${attempt.host} be opened and holds back what is said on it: a firewall or a security program.`,
    advice: rule
      ? `see what it does with these packets: ${rule.why}`
      : 'look for rules that match established connections, lengths, amounts or text, and at security programs; as root (sudo) the rules can be read',
    evidence: [...kept, ...(rule ? [{ fact: 'device.firewall' as const, says: readAs(rule) }] : [])],
    missing: notYetAsked(scene, 'interference', 'kernel.said', ...rulesFor(attempt, scene)),
  };
}

/**
 * Long answers never reach the program, and this device's IP met at least one packet for each that it handed on to nobody:
 * without root no rule is read, and a narrow link on the way looks the same but for that count. Others' packets may be in it.
 */
function answersToNobody(attempt: FailedAttempt, scene: Scene): Finding | null {
  const sizes = fact(scene.facts, 'path.sizes')?.find(
    (one) => one.address === attempt.address && one.port === attempt.port && one.step === attempt.stage,
  );
  if (!sizes || sizes.tooLarge === null || sizes.handedToNobody === undefined) return null;
  const least = sizes.tooLarge;
  const lost = sizes.tries.filter(({ size, held }) => !held && (size === null || size >= least)).length;
  const sentAll = sizes.packets.some(({ size, acknowledged }) => size >= least && acknowledged);
  if (!sentAll || lost < 3 || sizes.handedToNobody < lost) return null;
  return {
    says: 'fits',
    weight: 0.85,
    atMost: 'likely',
    side: 'this-device',
    stage: attempt.stage,
    summary: `Long answers of ${attempt.host} seem to reach this computer, and something here throws them away: its own firewall or a security program.`,
    advice:
      'run the same as root (sudo): the kernel then names the rule; look for rules that match the length of packets',
    evidence: [
      {
        fact: 'path.sizes',
        says: `while ${lost} long answers did not come, ${sizes.handedToNobody} packets came to this computer and were handed on to nobody; what this computer itself sends is acknowledged at that size`,
      },
    ],
    missing: notYetAsked(scene, 'kernel.said', ...rulesFor(attempt, scene)),
  };
}

function culpritOf(decision: ModelDecision, { facts }: Scene): Culprit {
  const stop = decision.verdict === 'unknown' ? null : stopFrom(decision, facts);
  return stop ? ruleCulprit(stop) : { kind: 'firewall-rule', name: decision.why };
}

function readAs({ why }: ModelDecision): string {
  return `read as they stand, the rules say: ${why}`;
}

/** As root: rules that let a connection be opened may stop what is said on it, by its length, its content or its amount. */
function rulesFor(attempt: FailedAttempt, { facts }: Scene): readonly 'device.firewall'[] {
  return attempt.outcome.code === 'timed-out' && fact(facts, 'device.self')?.root === true ? ['device.firewall'] : [];
}

/** The rules as read stop it, or may: what it hangs on is not known of packets that were not seen. */
function mayBeHeldBack(attempt: FailedAttempt, scene: Scene): Finding | null {
  if (attempt.outcome.code !== 'timed-out') return null;
  const left = interferenceOf(attempt, scene);
  const wasSent = left !== undefined && plainTrials(left, 'same').some((one) => one.unsent === false);
  const decision = (wasSent ? undefined : saidDecision(attempt, scene, 'out')) ?? saidDecision(attempt, scene, 'in');
  if (!decision) return null;
  const what = decision.direction === 'out' ? 'what is said to' : 'the answers of';
  const may = decision.verdict === 'unknown' ? 'may hold' : 'holds';
  return {
    says: 'fits',
    weight: decision.verdict === 'unknown' ? 0.5 : 0.9,
    atMost: 'likely',
    stage: attempt.stage,
    culprit: culpritOf(decision, scene),
    summary: `This computer's own firewall ${may} back ${what} ${attempt.host} on a connection that it lets be opened.`,
    advice: `see what it does with these packets: ${decision.why}`,
    evidence: [{ fact: 'device.firewall', says: readAs(decision) }],
    missing: notYetAsked(scene, 'kernel.said'),
  };
}

/** Of what is said on an open connection, where the rules as read stop it, or may. */
function saidDecision(
  { address, port }: FailedAttempt,
  { facts }: Scene,
  direction: ModelDecision['direction'],
): ModelDecision | undefined {
  return fact(facts, 'device.firewall')?.said?.find(
    (one) =>
      one.address === address &&
      one.port === port &&
      one.direction === direction &&
      ['unknown', 'drop', 'reject'].includes(one.verdict),
  );
}

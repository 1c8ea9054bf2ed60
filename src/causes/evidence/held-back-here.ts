import type { FailedAttempt } from '../../model/attempt.js';
import { fact } from '../../model/facts.js';
import type { Finding, Scene } from '../../model/cause.js';
import { notYetAsked } from './not-yet-asked.js';
import { neverLeftHere } from './takes-nothing.js';
import { dependsOn, interferenceOf, plainTrials, stoppedHere } from './interference-evidence.js';

/** The connection stands, and what is said on it because of its content never leaves this device. */
export function heldBackHere(attempt: FailedAttempt, scene: Scene): Finding {
  const found = interferenceOf(attempt, scene);
  const byRule = mayBeHeldBack(attempt, scene) ?? heldBackWhole(attempt, scene);
  if (byRule && !(found && stoppedHere(found))) return byRule;
  if (!found || !stoppedHere(found)) {
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
  };
}

/** The connection was opened, the other side has room, and not even one byte gets out: whatever is said, and by which name. */
function heldBackWhole(attempt: FailedAttempt, scene: Scene): Finding | null {
  const held = neverLeftHere(attempt, scene);
  if (held === null) return null;
  return {
    says: 'fits',
    weight: 0.9,
    // A queue of an interface that is full looks the same.
    atMost: 'likely',
    stage: attempt.stage,
    summary: `Something on this computer holds back what is said to ${attempt.host} on a connection that it lets be opened: a firewall or a security program.`,
    advice: 'look for rules that match what comes after the opening (flags, lengths, texts), and at security programs',
    evidence: [
      {
        fact: 'connect.held',
        says: `connected, and in ${held.waitedMs} ms not one byte of ours was sent, for which the server had room`,
      },
    ],
    missing: notYetAsked(scene, ...rulesFor(attempt, scene)),
  };
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
  const decision = fact(scene.facts, 'device.firewall')?.said?.find(
    (one) =>
      one.address === attempt.address &&
      one.port === attempt.port &&
      ['unknown', 'drop', 'reject'].includes(one.verdict) &&
      !(one.direction === 'out' && wasSent),
  );
  if (!decision) return null;
  const what = decision.direction === 'out' ? 'what is said to' : 'the answers of';
  const may = decision.verdict === 'unknown' ? 'may hold' : 'holds';
  return {
    says: 'fits',
    weight: decision.verdict === 'unknown' ? 0.5 : 0.9,
    atMost: 'likely',
    stage: attempt.stage,
    culprit: { kind: 'firewall-rule', name: decision.why },
    summary: `This computer's own firewall ${may} back ${what} ${attempt.host} on a connection that it lets be opened.`,
    advice: `see what it does with these packets: ${decision.why}`,
    evidence: [{ fact: 'device.firewall', says: `read as they stand, the rules say: ${decision.why}` }],
  };
}

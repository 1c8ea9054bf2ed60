import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { fact, type FlowTrace } from '../../model/facts.js';
import { tracedStop } from './firewall-evidence.js';
import { ruleCulprit } from './rule-culprit.js';
import { namesMore } from './rule-owner.js';
import { blockedWords, type Stop } from './stop.js';

/**
 * The kernel followed what was said on a connection that was open, or the answer to it, to the rule that stopped it. Null
 * where it did not.
 */
export function stoppedOnceOpen(attempt: FailedAttempt, scene: Scene): Finding | null {
  const found = followedOnceOpen(attempt, scene);
  return found && wordsFor(found.flow, found.stop, attempt, scene);
}

/** The rule itself, and the kernel's trace that led to it. */
export function followedOnceOpen(
  attempt: FailedAttempt,
  scene: Scene,
): { readonly flow: FlowTrace; readonly stop: Stop } | null {
  const step = attempt.stage === 'service' ? 'greeting' : attempt.stage;
  if (attempt.hop > 0 || attempt.toProxy || attempt.throughProxy) return null;
  const said = fact(scene.facts, 'kernel.said')?.find(
    ({ flow, ...one }) => one.step === step && flow.address === attempt.address && flow.port === attempt.port,
  );
  const stop = said && tracedStop(said.flow, attempt, scene);
  return said && stop ? { flow: said.flow, stop } : null;
}

function wordsFor(flow: FlowTrace, stop: Stop, attempt: FailedAttempt, scene: Scene): Finding {
  const what = stop.at.direction === 'out' ? 'what is said on it' : 'what the other side answers';
  const where = `${stop.at.family} ${stop.at.table}, chain ${stop.at.chain}`;
  return {
    ...(isShown(flow, stop, attempt) ? { says: 'proven' } : { says: 'fits', weight: 0.95, atMost: 'likely' }),
    side: 'this-device',
    stage: attempt.stage,
    culprit: ruleCulprit(stop),
    summary: `This computer's own firewall lets the connection to ${attempt.host} be opened and stops ${what}: it blocks ${blockedWords(stop, attempt)}.`,
    advice:
      'a rule that stops what belongs to open connections breaks them all: allow what is established (ct state established,related accept) before it',
    ...namesMore(stop, scene),
    evidence: [
      {
        fact: 'kernel.said',
        says:
          flow.outcome === 'connected' || flow.outcome === 'answered' || flow.outcome.operation === 'connect'
            ? `asked again, the kernel followed our packet to that rule (${where})`
            : `on another connection that opened, the kernel followed ${stop.at.direction === 'out' ? 'what we said' : 'the answer'} to that rule (${where})`,
      },
    ],
  };
}

/**
 * The same failure again, and the last packet that carried something ended at the rule: of what is sent nothing left at all, or
 * the rule itself ends the connection; of what comes nothing more came in.
 */
function isShown({ outcome }: FlowTrace, { at }: Stop, attempt: FailedAttempt): boolean {
  if (outcome === 'connected' || outcome === 'answered' || outcome.operation === 'connect') return false;
  if (outcome.code !== attempt.outcome.code) return false;
  if (outcome.code === 'timed-out') return at.direction === 'in' || outcome.unsent === true;
  return outcome.code === 'reset' && at.direction === 'out' && /\breject\b/i.test(at.rule?.text ?? '');
}

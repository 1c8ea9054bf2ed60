import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { dependsOn, interferenceOf, plainTrials, stoppedHere } from './interference-evidence.js';

/** The connection stands, and what is said on it because of its content never leaves this device. */
export function heldBackHere(attempt: FailedAttempt, scene: Scene): Finding {
  const found = interferenceOf(attempt, scene);
  if (!found || !stoppedHere(found)) {
    if (found && plainTrials(found, 'same').some((one) => one.unsent === false))
      return { says: 'ruledOut', because: 'what was said left this computer', facts: ['interference'] };
    const asks = (attempt.stage === 'tls' || attempt.stage === 'http') && scene.facts.interference === undefined;
    return {
      says: 'unknown',
      missing: asks ? ['interference'] : [],
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

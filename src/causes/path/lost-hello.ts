import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { localEndOf } from '../evidence/interception-evidence.js';
import { interferenceOf, plainTrials } from '../evidence/interference-evidence.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';
import { failsByTls13, place, variation } from '../evidence/tls-evidence.js';

/**
 * A program that hangs closes nothing. Where what listens there ends a plain request at once and stays silent to every
 * TLS hello, the hello or the answer to it may be lost on the way just as well (docs/kernel-facts.md).
 */
export function lostHello(attempt: FailedAttempt, scene: Scene): Finding {
  if (attempt.hop > 0 || attempt.toProxy || attempt.throughProxy)
    return { says: 'unknown', missing: [], because: 'only the target itself was asked for something else' };
  if (localEndOf(attempt, scene))
    return {
      says: 'ruledOut',
      because: 'a program of this computer itself is at the other end',
      facts: ['connect.localEnd'],
    };
  const missing = notYetAsked(scene, 'tls.variations', 'interference');
  if (missing.length > 0) return { says: 'unknown', missing };
  if (failsByTls13(attempt, scene))
    return {
      says: 'unknown',
      missing: [],
      because: 'a hello without TLS 1.3 is answered, and who stops the other is not known',
    };
  const code = variation(attempt, scene, 'plain-http')?.failure?.code;
  if (code !== 'closed' && code !== 'reset')
    return { says: 'unknown', missing: [], because: 'nothing shows that the server answers anything' };
  const bySize = fact(scene.facts, 'path.sizes')?.some(
    (one) =>
      one.address === attempt.address &&
      one.port === attempt.port &&
      one.step === 'tls' &&
      one.tries.some(({ size, held }) => held && size !== null),
  );
  if (bySize)
    return { says: 'ruledOut', because: 'the hello is answered where packets are small', facts: ['path.sizes'] };
  const found = interferenceOf(attempt, scene);
  const hellos = found ? (['same', 'other', 'none'] as const).flatMap((asked) => plainTrials(found, asked)) : [];
  if (hellos.length < 2 || hellos.some(({ ending }) => ending !== 'silent'))
    return { says: 'unknown', missing: [], because: 'not every hello is met with silence' };
  const taken = hellos.some(({ acknowledged }) => acknowledged !== false);
  const either = taken
    ? 'the server keeps silent, or its answer is swallowed on the way'
    : 'the hello is swallowed on the way, or by a filter of the server';
  return {
    says: 'fits',
    weight: 0.5,
    stage: attempt.stage,
    culprit: { kind: 'hop', name: 'somewhere on the way' },
    summary: `${place(attempt)} ends other connections at once, and no TLS hello is answered: ${either}; from here nobody can tell which.`,
    advice: 'a look from another network would decide it',
    evidence: [
      { fact: 'tls.variations', says: 'a plain request is ended at once: what listens there does not hang' },
      {
        fact: 'interference',
        says: taken
          ? 'its system acknowledges the hello, and nothing comes back'
          : 'not even its system acknowledges the hello',
      },
    ],
  };
}

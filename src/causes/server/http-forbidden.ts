import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Scene } from '../../model/cause.js';
import type { HttpTry } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { weightBehindProgram } from '../evidence/answered-by-program.js';
import { failedAnswer, httpEvidence, httpFact, serverCulprit, statusOf } from '../evidence/http-evidence.js';
import { interferenceOf } from '../evidence/interference-evidence.js';
import { localEndOf } from '../evidence/interception-evidence.js';
import { acceptedNear } from '../evidence/near-evidence.js';
import { place, serverAuthenticated } from '../evidence/tls-evidence.js';

/**
 * The server was reached and does not give the page. A filter on the way can write a 403 into an answer that is not
 * encrypted, and whoever intercepts TLS into the others; a ban of this address looks the same from here.
 */
export const cause: Cause = {
  id: 'http-forbidden',
  side: 'server',
  stage: 'http',
  title: 'The server forbids this page',
  symptoms: symptoms('http', 'forbidden'),
  needs: ['http'],
  yieldsTo: [
    'http-filtered',
    'captive-portal',
    'proxy-refuses',
    'client-banned',
    'antivirus-blocks-url',
    'client-certificate-required',
  ],
  judge(attempt, scene) {
    const answer = failedAnswer(attempt, scene);
    if (!answer) return { says: 'unknown', missing: [httpFact(attempt)] };
    const sure = serverAuthenticated(attempt, scene);
    // In the clear, not for whatever is asked, and with somebody on this side of the server who takes the connection: his own
    // word or one that he passes on.
    const inTheClear = !sure && attempt.hop === 0 && scene.facts.target.transport === 'plain';
    const here = localEndOf(attempt, scene);
    // A program of this computer is nearer than whoever else is: see weightBehindProgram.
    const near = inTheClear && !here && answersOthers(attempt, answer, scene) ? acceptedNear(scene) : null;
    if (near?.onCommonWay)
      return {
        says: 'unknown',
        missing: [],
        because: `the connection ends nearer than the server, at ${near.at}: whether he says so of himself or passes it on is not told`,
      };
    return {
      says: 'fits',
      weight: weightBehindProgram(attempt, scene, sure ? 0.8 : 0.6),
      culprit: serverCulprit(attempt, answer),
      summary: `${place(attempt)} works, but forbids this page (${statusOf(answer)}).`,
      advice:
        'log in if you have an account; else ask the owner: it may be meant for others, or refuse this country or address',
      evidence: [
        ...httpEvidence(attempt, `the answer's status is ${attempt.outcome.raw}`),
        ...(sure ? [{ fact: 'tls' as const, says: 'it came encrypted from the site itself' }] : []),
      ],
    };
  },
};

/** Something else is asked for there, and another status comes. */
function answersOthers(attempt: FailedAttempt, { status }: HttpTry, scene: Scene): boolean {
  const trials = interferenceOf(attempt, scene)?.trials ?? [];
  return trials.some((one) => one.place === 'target' && one.status !== undefined && one.status !== status);
}

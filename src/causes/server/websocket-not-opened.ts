import { scopeOf } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Scene } from '../../model/cause.js';
import type { HttpTry } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { failedAnswer, httpEvidence, httpFact, serverCulprit, statusOf } from '../evidence/http-evidence.js';
import { acceptedNear } from '../evidence/near-evidence.js';
import { place, serverAuthenticated } from '../evidence/tls-evidence.js';

/**
 * The server answers, and not as a WebSocket. Its own program may serve none at that path, or a gateway in front of it does not
 * pass `Upgrade` on, which is a matter of one hop (RFC 9110 7.6.1, 7.8). Unencrypted, somebody on the way could take it out.
 */
export const cause: Cause = {
  id: 'websocket-not-opened',
  side: 'server',
  stage: 'http',
  title: 'The server answers, but opens no WebSocket',
  symptoms: symptoms('http', 'not-upgraded'),
  needs: ['http', 'connect.near'],
  yieldsTo: ['captive-portal', 'transparent-proxy'],
  judge(attempt, scene) {
    const answer = failedAnswer(attempt, scene);
    if (!answer) return { says: 'unknown', missing: [httpFact(attempt)] };
    const authenticated = serverAuthenticated(attempt, scene);
    if (scene.facts.target.transport === 'plain' && acceptedNear(scene)?.onCommonWay)
      return {
        says: 'unknown',
        missing: [],
        because:
          'the connection ends nearer than the server, at somebody who may have taken out what asks for a WebSocket',
      };
    const common = wordsOf(attempt, answer);
    if (authenticated && isSure(answer))
      return {
        says: 'proven',
        ...common,
        evidence: [...common.evidence, { fact: 'tls', says: 'it came encrypted from the site itself' }],
      };
    return {
      says: 'fits',
      weight: 0.6,
      atMost: 'likely',
      missing: maybeBetween(attempt, scene) ? ['connect.near'] : [],
      ...common,
    };
  },
};

/**
 * What was asked for lacks the query, and what a program shows of a login. On these hangs whether a server says "not found", leads
 * to a login page or sends one; whether it understands a request for a WebSocket does not.
 */
function isSure({ status }: HttpTry): boolean {
  return status === 101 || status === 426;
}

function maybeBetween({ address, throughProxy }: FailedAttempt, { facts }: Scene): boolean {
  return (
    facts.target.transport === 'plain' &&
    !throughProxy &&
    address !== null &&
    scopeOf(address) === 'public' &&
    facts['connect.near'] === undefined
  );
}

/** ws, gorilla/websocket, Tomcat and others of a request in which the header does not come: "'upgrade' token not found", … */
const misses = /upgrade/i;

function wordsOf(attempt: FailedAttempt, answer: HttpTry) {
  const { status = 0, location, bodyHead } = answer;
  const asks = status === 426 || (status === 400 && misses.test(bodyHead ?? ''));
  return {
    culprit: serverCulprit(attempt, answer),
    summary: asks
      ? `${place(attempt)} works, but opens no WebSocket: it asks for the upgrade that was asked for (${statusOf(answer)}).`
      : `${place(attempt)} works, but opens no WebSocket at this path (${statusOf(answer)}).`,
    advice: asks
      ? 'most often a gateway in front of the program does not pass on the headers Upgrade and Connection, and only its owner can set it so'
      : status >= 300 && status < 400
        ? `it leads to ${location ?? 'another place'}, and browsers follow no redirect here: use that address`
        : 'check the path; a gateway in front of the server that does not pass on the header Upgrade looks the same',
    evidence: httpEvidence(attempt, `asked for a WebSocket, it answered ${attempt.outcome.raw}`),
  };
}

import { scopeOf } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Finding, Scene } from '../../model/cause.js';
import { fact, type HttpTry } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import {
  author,
  behindGateway,
  failedAnswer,
  httpEvidence,
  httpFact,
  namesUpstream,
  saysStarting,
  serverCulprit,
  statusOf,
} from '../evidence/http-evidence.js';
import { isOwnAddress } from '../evidence/connection-evidence.js';
import { localEndOf, onwardEvidence, programAt, speaksForItself } from '../evidence/interception-evidence.js';
import { acceptedNear } from '../evidence/near-evidence.js';
import { place, serverAuthenticated } from '../evidence/tls-evidence.js';
import { squidSays, upstreamOfProxy, writtenByOwnProxy } from './upstream-of-proxy.js';

/**
 * A gateway in front of the server answers, and says that the server behind it does not: 502 and 504 mean just that
 * (RFC 9110 15.6.3, 15.6.5). A proxy on this side could write the same, save where the certificate tells who answered:
 * where one accepts the connection in the server's place, the owner of the site is not blamed for it.
 */
export const cause: Cause = {
  id: 'gateway-upstream-down',
  side: 'server',
  stage: 'http',
  title: 'The gateway answers, the server behind it does not',
  symptoms: [
    ...symptoms('http', 'bad-gateway', 'gateway-timeout', 'unavailable', 'server-error'),
    ...symptoms('proxy', 'upstream-failed', 'timed-out'),
  ],
  needs: ['http', 'connect.direct', 'connect.near'],
  yieldsTo: ['proxy-refuses', 'service-outage'],
  judge(attempt, scene) {
    if (attempt.stage === 'proxy') return upstreamOfProxy(attempt, scene);
    const answer = failedAnswer(attempt, scene);
    if (!answer) return { says: 'unknown', missing: [httpFact(attempt)] };
    if (writtenByOwnProxy(attempt, answer, scene)) return upstreamOfProxy(attempt, scene);
    const { code } = attempt.outcome;
    const byStatus = code === 'bad-gateway' || code === 'gateway-timeout' || cloudflareOrigin(answer);
    const bySigns = code === 'unavailable' && !saysStarting(answer) && (namesUpstream(answer) || behindGateway(answer));
    if (!byStatus && !bySigns)
      return { says: 'ruledOut', because: 'nothing in the answer speaks of a gateway', facts: [httpFact(attempt)] };
    const authenticated = byStatus && serverAuthenticated(attempt, scene);
    const here = saidByProgramHere(attempt, scene);
    if (here) return here;
    const near = attempt.hop === 0 && scene.facts.target.transport === 'plain' ? acceptedNear(scene) : null;
    if (near?.onCommonWay)
      return {
        says: 'unknown',
        missing: [],
        because: `the connection ends nearer than the server, at ${near.at}: whether he says so of himself or passes it on is not told`,
      };
    const who = author(answer);
    const common = {
      culprit: serverCulprit(attempt, answer),
      summary: `The gateway of ${place(attempt)} answers, but the server behind it does not (${statusOf(answer)}).`,
      advice: 'try again later; only the owner of the server can mend it',
      evidence: httpEvidence(
        attempt,
        `the answer's status is ${attempt.outcome.raw}${who === undefined ? '' : `, written by ${who}`}`,
      ),
    };
    if (authenticated) {
      return {
        says: 'proven',
        ...common,
        evidence: [...common.evidence, { fact: 'tls', says: 'it came encrypted from the site itself' }],
      };
    }
    return {
      says: 'fits',
      weight: byStatus ? 0.8 : 0.5,
      missing: maybeBetween(attempt, scene) ? ['connect.near'] : [],
      ...common,
    };
  },
};

/**
 * A program of this very computer answers in the server's place, such as a web shield: that it does not get through it says
 * of itself, and whether it is kept from it here or the server is gone nobody has seen.
 */
function saidByProgramHere(attempt: FailedAttempt, scene: Scene): Finding | null {
  const end = localEndOf(attempt, scene);
  if (attempt.hop > 0 || !end || isOwnAddress(attempt.address, scene) || speaksForItself(end) === false) return null;
  const program = programAt(end);
  const answer = fact(scene.facts, 'http')?.findLast((one) => one.address === attempt.address);
  const reason = [squidSays(answer?.headers ?? {}) ?? []].flat();
  return {
    says: 'fits',
    weight: 0.8,
    atMost: 'likely',
    side: 'unknown',
    culprit: { kind: 'process', name: program },
    summary: `${program} of this computer stands in front of ${place(attempt)} and does not get through to it (${attempt.outcome.raw}): whether it is kept from that here or on the way, or the server is gone, is not seen.`,
    advice: `look into the log of ${end.process ?? 'that program'}, and whether a rule of this computer stops what it sends itself; trying it from another computer shows whether the server is there`,
    evidence: [
      ...httpEvidence(attempt, `the answer's status is ${attempt.outcome.raw}`),
      ...reason.map((says) => ({ fact: 'http' as const, says: `that program says of ${place(attempt)}: ${says}` })),
      {
        fact: 'connect.localEnd',
        says: `the other end of the connection is a socket of this computer, on port ${end.port}: ${program}`,
      },
      ...onwardEvidence(end),
    ],
  };
}

/** What comes unencrypted from an address of the internet may be the word of somebody on this side of it. */
function maybeBetween({ address, hop, throughProxy }: FailedAttempt, { facts }: Scene): boolean {
  const isNear = address !== null && scopeOf(address) !== 'public';
  return (
    hop === 0 && !throughProxy && !isNear && facts.target.transport === 'plain' && facts['connect.near'] === undefined
  );
}

/** Cloudflare's own statuses for a server behind it that fails: 520 to 527, and 530. */
export function cloudflareOrigin({ status = 0, headers }: HttpTry): boolean {
  return headers['server']?.toLowerCase() === 'cloudflare' && ((status >= 520 && status <= 527) || status === 530);
}

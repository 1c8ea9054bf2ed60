import type { Cause } from '../../model/cause.js';
import { containerBehind, containerNotAsked, containerWords } from '../evidence/container-behind.js';
import { symptoms } from '../../model/failure.js';
import { weightBehindProgram } from '../evidence/answered-by-program.js';
import {
  behindGateway,
  failedAnswer,
  httpEvidence,
  httpFact,
  namesUpstream,
  saysStarting,
  serverCulprit,
  statusOf,
} from '../evidence/http-evidence.js';
import { whoseLogin } from '../evidence/whose-login.js';
import { place, serverAuthenticated } from '../evidence/tls-evidence.js';
import { cloudflareOrigin } from './gateway-upstream-down.js';

/** RFC 9110 15.5.20: that server gives no answers for that name, now or later. */
const misdirected = 421;

/** The server was reached and answers with an error of its own, or with something that is no proper answer. */
export const cause: Cause = {
  id: 'http-server-error',
  side: 'server',
  stage: 'http',
  title: 'The server answers with an error of its own',
  symptoms: symptoms(
    'http',
    'server-error',
    'unavailable',
    'endless',
    'client-error',
    'redirect-refused',
    'network-authentication',
    'proxy-authentication',
  ),
  needs: ['http', 'device.containers'],
  yieldsTo: ['service-outage', 'server-overloaded', 'captive-portal', 'antivirus-blocks-url'],
  judge(attempt, scene) {
    const answer = failedAnswer(attempt, scene);
    const { code, raw } = attempt.outcome;
    if (code === 'redirect-refused') {
      return {
        says: 'fits',
        weight: 0.4,
        culprit: { kind: 'server', name: attempt.host },
        summary: `The site redirects to a place where it cannot be followed: ${raw}.`,
        advice: 'only the owner of the site can mend that',
        evidence: httpEvidence(attempt, raw),
      };
    }
    if (!answer) return { says: 'unknown', missing: [httpFact(attempt)] };
    if (code === 'unavailable' && (saysStarting(answer) || namesUpstream(answer) || behindGateway(answer))) {
      return { says: 'ruledOut', because: 'a gateway or a start page wrote the answer', facts: [httpFact(attempt)] };
    }
    // Whoever sits in the way may have written it; a server that is set as a gateway may as well.
    const unsure = code === 'proxy-authentication' && !serverAuthenticated(attempt, scene);
    if (unsure && whoseLogin(attempt, scene) !== 'of-this-alone')
      return {
        says: 'unknown',
        missing: [],
        because: 'a server that asks for such a login itself would look the same',
      };
    if (cloudflareOrigin(answer))
      return {
        says: 'ruledOut',
        because: 'the content network says that the server behind it is at fault',
        facts: [httpFact(attempt)],
      };
    const container = containerBehind(attempt, scene);
    const retry = answer.headers['retry-after'];
    return {
      says: 'fits',
      weight: weightBehindProgram(attempt, scene, 0.7),
      ...(unsure && { atMost: 'likely' as const }),
      missing: containerNotAsked(attempt, scene),
      ...(container && { side: 'this-device' as const }),
      culprit: container?.culprit ?? serverCulprit(attempt, answer),
      summary:
        code === 'endless'
          ? `${place(attempt)} sends an answer without end.`
          : `${place(attempt)}${containerWords(container)} works, but answers with an error: ${statusOf(answer)}${container?.clause ?? ''}.`,
      advice:
        container?.advice ??
        (answer.status === misdirected
          ? 'the server does not serve this name on that connection: compare the name with those that it serves (its settings, its certificate), or ask its owner'
          : retry === undefined
            ? 'try again later; only the owner of the server can mend it'
            : `try again after ${retry.slice(0, 40)}${/^\d+$/.test(retry) ? ' seconds' : ''}, as it asks`),
      evidence: [
        ...httpEvidence(attempt, code === 'endless' ? 'headers without end' : `the answer's status is ${raw}`),
        ...(container?.evidence ?? []),
      ],
    };
  },
};

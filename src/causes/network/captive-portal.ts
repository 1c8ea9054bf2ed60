import type { Cause } from '../../model/cause.js';
import { fact, type ReferenceTry } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';

/** This network lets nobody out before a login page has been answered. */
export const cause: Cause = {
  id: 'captive-portal',
  side: 'local-network',
  stage: 'http',
  title: 'This network wants you to log in first',
  symptoms: [
    ...symptoms('connect', 'timed-out', 'refused', 'prohibited', 'host-unreachable', 'network-unreachable'),
    ...symptoms(
      'tls',
      'self-signed',
      'untrusted-root',
      'name-mismatch',
      'certificate-invalid',
      'expired',
      'chain-incomplete',
      'closed',
      'reset',
      'timed-out',
      'not-tls',
    ),
    ...symptoms('http', 'network-authentication', 'redirect-refused', 'forbidden', 'closed', 'reset', 'timed-out'),
    ...symptoms('resolve'),
    ...symptoms('exchange', 'timed-out', 'declined', 'nxdomain'),
  ],
  needs: ['references'],
  judge(attempt, scene) {
    if (attempt.outcome.operation === 'http' && attempt.outcome.code === 'network-authentication') {
      const answer = (fact(scene.facts, 'http') ?? []).find((one) => one.status === 511);
      return {
        says: 'proven',
        culprit: {
          kind: 'portal',
          ...(attempt.address === null ? {} : { address: attempt.address }),
          name: answer?.location ?? 'login page of this network',
        },
        summary: 'This network wants you to log in first: it says so itself.',
        advice: 'open any page that begins with http:// in a browser, and log in on the page that appears',
        evidence: [
          {
            fact: 'http',
            says: 'the answer was 511, "Network Authentication Required" (RFC 6585), which only such a network sends',
          },
        ],
      };
    }
    const checks = fact(scene.facts, 'references')?.filter((one) => one.kind === 'portal');
    if (!checks) return { says: 'unknown', missing: ['references'] };
    if (checks.some((one) => one.ok))
      return { says: 'ruledOut', because: 'a page outside comes unchanged', facts: ['references'] };
    const caught = checks.find(isCaught);
    if (!caught) return { says: 'unknown', missing: [], because: 'the page that would show it did not answer' };
    const where = caught.status !== undefined && caught.status >= 300 && caught.status < 400 ? caught.says : undefined;
    return {
      says: 'fits',
      weight: 0.9,
      culprit: {
        kind: 'portal',
        name: where ?? 'login page of this network',
        ...(caught.address === null ? {} : { address: caught.address }),
      },
      summary: 'This network wants you to log in first: it catches what is sent to other servers.',
      advice: where
        ? 'open that page in a browser and log in'
        : 'open any page that begins with http:// in a browser, and log in on the page that appears',
      evidence: [
        {
          fact: 'references',
          says: where
            ? `${caught.name} was asked, and this network sent its own page instead (${where})`
            : `${caught.name} was asked, and something else than its own answer came (status ${caught.status ?? 0})`,
        },
      ],
    };
  },
};

/** An answer came, and it was not the one that the page always gives. */
function isCaught(check: ReferenceTry): boolean {
  return !check.ok && check.failure === undefined && check.status !== undefined && check.status < 500;
}

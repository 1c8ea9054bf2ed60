import type { Cause } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
import { weightBehindProgram } from '../evidence/answered-by-program.js';
import { failedAnswer, httpEvidence, httpFact, serverCulprit } from '../evidence/http-evidence.js';
import { place, serverAuthenticated } from '../evidence/tls-evidence.js';

/** Status 451 (RFC 7725), with a link to whoever carries the block out where the answer has one. */
export const cause: Cause = {
  id: 'legal-block',
  side: 'server',
  stage: 'http',
  title: 'The page is withheld for legal reasons',
  symptoms: symptoms('http', 'legal-block'),
  needs: ['http'],
  yieldsTo: ['http-filtered'],
  judge(attempt, scene) {
    const answer = failedAnswer(attempt, scene);
    if (!answer) return { says: 'unknown', missing: [httpFact(attempt)] };
    const blocker = blockedBy(answer.headers['link'] ?? '');
    const sure = serverAuthenticated(attempt, scene);
    const common = {
      culprit: { ...serverCulprit(attempt, answer), ...(blocker !== undefined && { owner: blocker }) },
      summary: `${place(attempt)} withholds this page for legal reasons${blocker === undefined ? '' : `; the block is carried out by ${blocker}`}.`,
      advice: 'the page itself often says who asked for it and how to object; only they can lift it',
      evidence: [
        ...httpEvidence(attempt, `the answer's status is ${attempt.outcome.raw}`),
        ...(sure ? [{ fact: 'tls' as const, says: 'it came encrypted from the site itself' }] : []),
      ],
    };
    // In the clear whoever is on the way can write it, and so can a program of this computer to which a rule leads.
    return sure
      ? { says: 'proven', ...common }
      : { says: 'fits', weight: weightBehindProgram(attempt, scene, 0.8), atMost: 'likely', ...common };
  },
};

/** The entity that implements the block (RFC 7725 4), which need not be who asked for it. */
function blockedBy(link: string): string | undefined {
  return /<([^<>\s]{1,200})>\s*;[^,]{0,100}\brel="?[^",;]{0,50}blocked-by/i.exec(link)?.[1];
}

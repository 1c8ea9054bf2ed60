import type { Cause, Finding } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';
import { foundEvidence, programAdvice } from '../evidence/program-guard.js';

/**
 * A scanner has moved the program away. Proven where it lies in a quarantine now, the scanner's own record says that it
 * was at that very path, and nothing is at that path.
 */
export const cause: Cause = {
  id: 'antivirus-quarantined-app',
  side: 'this-device',
  stage: 'target',
  title: 'A security program has moved the program away',
  symptoms: symptoms('execute', 'missing'),
  needs: ['device.program', 'device.programGuards'],
  remedies: ['restore-from-quarantine'],
  judge(_attempt, scene): Finding {
    const guards = fact(scene.facts, 'device.programGuards');
    const program = fact(scene.facts, 'device.program');
    if (!guards || !program)
      return {
        says: 'unknown',
        missing: notYetAsked(scene, 'device.programGuards'),
        because: 'whether it lies in a quarantine is not known',
      };
    const { quarantined } = guards;
    if (!quarantined)
      return {
        says: 'unknown',
        missing: [],
        because: 'no quarantine that may be looked into holds a file of that path',
      };
    const { product, signature, file, original, at, id } = quarantined;
    const name = original ?? program.named;
    return {
      says: 'proven',
      stage: 'target',
      culprit: {
        kind: signature === null ? 'product' : 'signature',
        name: signature ?? product,
        owner: product,
        location: file,
      },
      summary: `${product} has moved ${name} away${signature === null ? '' : `, in which it found ${signature}`}: the program is not there any more.`,
      advice: `${programAdvice(signature)} (in the quarantine it is ${id})`,
      evidence: [
        { fact: 'device.program', says: `${name} is missing` },
        {
          fact: 'device.programGuards',
          says: `it lies in ${file} now${at === null ? '' : `, since ${at}`}; ${quarantined.record ?? product} says that it was there`,
        },
        ...foundEvidence(guards.found),
      ],
    };
  },
};

import { guardProduct } from '../../data/guard-products.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import type { ProgramGuardsFact } from '../../model/guard-facts.js';
import { notYetAsked } from './not-yet-asked.js';
import { askedEvidence, deciders, foundEvidence, guardName } from './program-guard.js';

/** Two security programs and the one program that was named: each may be right by itself. */
export function betweenScanners(attempt: FailedAttempt, scene: Scene): Finding {
  const guards = fact(scene.facts, 'device.programGuards');
  if (!guards)
    return {
      says: 'unknown',
      missing: attempt.stage === 'target' ? notYetAsked(scene, 'device.programGuards') : [],
      because: 'which guards are asked is not known',
    };
  if (attempt.stage !== 'target')
    return { says: 'unknown', missing: [], because: 'what two security programs do to one connection is not seen' };
  return attempt.outcome.code === 'missing' ? movedGuard(scene, guards) : bothAsked(attempt, scene, guards);
}

/** What was moved away is itself a security program, of somebody else. */
function movedGuard({ facts }: Scene, { quarantined, found }: ProgramGuardsFact): Finding {
  if (!quarantined)
    return { says: 'unknown', missing: [], because: 'no quarantine that may be looked into holds a file of that path' };
  const path = quarantined.original ?? '';
  const other = guardProduct(path.slice(path.lastIndexOf('/') + 1), path);
  if (!other || other.name === quarantined.product)
    return {
      says: 'ruledOut',
      because: 'what was moved away is no security program that is known',
      facts: ['device.programGuards'],
    };
  const mover = quarantined.product;
  return {
    says: 'proven',
    stage: 'target',
    culprit: { kind: 'product', name: `${mover} and ${other.name}`, owner: mover, location: quarantined.file },
    summary: `${mover} has moved away ${path}, which by its name is a part of ${other.name}${other.tried ? '' : ' (by its makers’ documents)'}: two security programs of this computer are in conflict.`,
    advice: `find out first whether it is really a part of ${other.name}: install it anew from its makers, and let only one of the two watch files`,
    evidence: [
      { fact: 'device.program', says: `${fact(facts, 'device.program')?.path ?? path} is missing` },
      { fact: 'device.programGuards', says: `it lies in ${quarantined.file} now` },
      ...foundEvidence(found),
    ],
  };
}

/** Each of them waits for the other one to let it open the file: it never comes to an end. */
function bothAsked(attempt: FailedAttempt, scene: Scene, { closed, waiting }: ProgramGuardsFact): Finding {
  const asked = deciders(scene);
  const [one] = asked;
  const other = asked.find((another) => one && !isSameEngine(one, another));
  if (one && !other && asked.length > 1)
    return {
      says: 'ruledOut',
      because: `all that are asked are parts of ${one.product?.name ?? one.process}: one security program, not two`,
      facts: ['device.programGuards'],
    };
  if (!one || !other) {
    return closed.length > 0
      ? { says: 'unknown', missing: [], because: 'who is asked before the file is opened only root may see' }
      : {
          says: 'ruledOut',
          because: 'not two programs are asked before the file is opened',
          facts: ['device.programGuards'],
        };
  }
  if (!waiting) return { says: 'unknown', missing: [], because: 'whether they wait for each other is not known' };
  const [waits] = waiting;
  // One of them may just hang, and the other one have nothing to do with it.
  if (!waits)
    return { says: 'ruledOut', because: 'none of them waits for another one', facts: ['device.programGuards'] };
  return {
    says: 'fits',
    weight: 0.9,
    atMost: 'likely',
    stage: 'target',
    culprit: {
      kind: 'product',
      name: `${one.product?.name ?? one.process} and ${other.product?.name ?? other.process}`,
      location: one.file,
    },
    summary: `Two security programs wait for each other, and so that file is never opened: ${guardName(one)} and ${guardName(other)}.`,
    advice: 'let only one of the two watch files',
    evidence: [
      { fact: 'device.program', says: `opening or starting it ends with ${attempt.outcome.raw}` },
      askedEvidence(one),
      askedEvidence(other),
      {
        fact: 'device.programGuards',
        says: `${guardName(waits)} waits itself, in the kernel, until another one lets it open a file`,
      },
    ],
  };
}

/** Two processes of one product: clamonacc twice, each with a socket of its own to clamd, is one scanner. */
function isSameEngine(one: ProgramGuardsFact['asked'][number], other: ProgramGuardsFact['asked'][number]): boolean {
  return one.pid === other.pid || (one.product !== null && one.product.name === other.product?.name);
}

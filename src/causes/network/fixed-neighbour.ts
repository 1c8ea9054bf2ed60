import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Finding, Scene } from '../../model/cause.js';
import type { NeighbourFact } from '../../model/facts.js';
import { ownersFor } from '../evidence/link-evidence.js';
import { gatewayAnswers, outsideOf } from '../evidence/reference-evidence.js';

/**
 * The hardware address of the router is fixed by hand (`ip neigh … permanent`): the kernel then never asks who has it, and
 * such an entry shows nobody there.
 */
export function fixedNeighbour(entry: NeighbourFact, attempt: FailedAttempt, scene: Scene): Finding {
  const answers = gatewayAnswers(scene, attempt.address);
  const outside = outsideOf(scene.facts, entry.address);
  if (answers === undefined || outside === undefined)
    return { says: 'unknown', missing: ['references'], because: 'whether the router answers is not known' };
  const leadsOn = outside.some(({ ok }) => ok);
  if (answers || leadsOn)
    return { says: 'ruledOut', because: `${entry.address} answers, or leads on`, facts: ['references'] };
  const owners = ownersFor(attempt, scene).filter(({ address }) => address === entry.address);
  const asked = owners.flatMap((one) => one.owners.map(({ mac }) => mac));
  if (asked.includes(entry.mac ?? ''))
    return { says: 'ruledOut', because: `${entry.address} has that hardware address`, facts: ['link.owners'] };
  const [other] = asked;
  const evidence: Evidence[] = [
    {
      fact: 'device.neighbours',
      says: `${entry.address} is fixed here at ${entry.mac ?? 'a hardware address'} (PERMANENT), so that nobody is asked for it`,
    },
    { fact: 'references', says: `${entry.address} was asked, and keeps silent, as does all behind it` },
  ];
  if (other !== undefined)
    evidence.unshift({ fact: 'link.owners', says: `asked for, ${entry.address} answers from ${other}` });
  return {
    says: 'fits',
    weight: other === undefined ? 0.85 : 0.95,
    culprit: {
      kind: 'setting',
      name: `ip neigh: ${entry.address} dev ${entry.device} lladdr ${entry.mac ?? ''} PERMANENT`,
      address: entry.address,
    },
    summary: `This computer is told by hand at which hardware address its router (${entry.address}) is, and nobody answers there.`,
    advice: `let it ask the network itself: sudo ip neigh del ${entry.address} dev ${entry.device}`,
    evidence,
    ...(attempt.stage === 'connect' && scene.facts['link.owners'] === undefined
      ? { missing: ['link.owners'] as const }
      : {}),
  };
}

import { rulesAreTold } from '../causes/evidence/app-rule.js';
import { fact, type Facts } from '../model/facts.js';
import { mayBeProxysOwn } from '../model/proxied.js';
import { attemptsOf } from './attempts.js';
import type { Assessment } from './judge.js';

/**
 * A target that answered this diagnosis is no more than likely to be reachable for a program that was named where the rules
 * for programs could not be read to the end.
 */
function forTheProgram(assessment: Assessment, facts: Facts): Assessment {
  const { judgement } = assessment;
  const named = fact(facts, 'device.program');
  if (judgement.verdict.cause !== 'reachable' || !named || rulesAreTold(attemptsOf(facts), facts)) return assessment;
  const says = `this diagnosis got through; which rules there are for ${named.path ?? named.named} is not known to the end`;
  const verdict = { ...judgement.verdict, certainty: 'likely' as const };
  return {
    ...assessment,
    judgement: { ...judgement, verdict, evidence: [...judgement.evidence, { fact: 'connect', says }] },
  };
}

/** A target that answered by way of a proxy is no more than likely to be reachable where the answer may be the proxy's own. */
export function asFarAsItIsKnown(assessment: Assessment, facts: Facts): Assessment {
  const { judgement } = assessment;
  if (judgement.verdict.cause !== 'reachable' || !mayBeProxysOwn(facts)) return forTheProgram(assessment, facts);
  const says = 'an answer came by way of the proxy; nothing in it shows that it is not its own';
  return {
    ...assessment,
    judgement: {
      ...judgement,
      verdict: { ...judgement.verdict, certainty: 'likely' },
      evidence: [{ fact: 'http', says }],
    },
  };
}

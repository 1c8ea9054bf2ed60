import type { Facts } from '../model/facts.js';
import { mayBeProxysOwn } from '../model/proxied.js';
import type { Assessment } from './judge.js';

/** A target that answered by way of a proxy is no more than likely to be reachable where the answer may be the proxy's own. */
export function asFarAsItIsKnown(assessment: Assessment, facts: Facts): Assessment {
  const { judgement } = assessment;
  if (judgement.verdict.cause !== 'reachable' || !mayBeProxysOwn(facts)) return assessment;
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

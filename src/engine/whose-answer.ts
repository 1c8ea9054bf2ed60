import { fact, type Facts } from '../model/facts.js';
import type { Assessment } from './judge.js';

/** A target that answered by way of a proxy is no more than likely to be reachable where the answer may be the proxy's own. */
export function asFarAsItIsKnown(assessment: Assessment, facts: Facts): Assessment {
  const { judgement } = assessment;
  if (judgement.verdict.cause !== 'reachable' || !mayBeOfProxy(facts)) return assessment;
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

/**
 * A refusal that a proxy passed on, or its own: what forwards requests names itself in Via (RFC 9110 7.6.3), and a web
 * server that is taken for a proxy answers just so.
 */
function mayBeOfProxy(facts: Facts): boolean {
  if (fact(facts, 'proxy.way')?.forwards !== true) return false;
  const answers = fact(facts, 'http')?.filter(({ status }) => status !== undefined && status >= 400) ?? [];
  return answers.some(({ headers }) => headers['via'] === undefined);
}

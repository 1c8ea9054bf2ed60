import type { Facts } from '../model/facts.js';
import type { Judgement } from '../model/report.js';
import { loadCatalogue } from './diagnose.js';
import { assess } from './judge.js';

/** Judges saved facts again, offline: the same facts give the same verdict. */
export async function rejudge(facts: Facts): Promise<Judgement> {
  if (facts.target.inbound) return (await import('../causes/inbound/judge-inbound.js')).judgeInbound(facts);
  const { judgement, symptom } = assess(facts, await loadCatalogue());
  return (await import('./confidence.js')).withConfidence(judgement, symptom);
}

import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Finding, Scene } from '../../model/cause.js';
import { fact, type Facts } from '../../model/facts.js';
import type { ModelDecision } from '../../model/firewall-facts.js';
import type { Culprit, RuleReference } from '../../model/words.js';
import { seriesOf, traceOf } from './connection-evidence.js';

/** A rule of this device throws some of the packets away, as a lossy way does (`numgen random`, `-m statistic`, `limit`). */
export interface ChanceRule {
  readonly culprit: Culprit;
  readonly evidence: Evidence;
}

/** Null where some packets got through and none of them met such a rule, as far as the kernel and the rules tell. */
export function chanceRule(
  attempt: Pick<FailedAttempt, 'address' | 'port' | 'protocol'>,
  { facts }: Scene,
): ChanceRule | null {
  const stopped = fact(facts, 'kernel.trace')?.flows.find(
    (flow) => flow.address === attempt.address && flow.port === attempt.port && flow.stoppedBy?.kind === 'rule',
  )?.stoppedBy;
  if (stopped?.rule)
    return ruleOf(stopped.rule, {
      fact: 'kernel.trace',
      says: `the kernel followed one of our packets to that rule, which threw it away; others got through`,
    });
  const read = fact(facts, 'device.firewall');
  const decision = [...(read?.decisions ?? []), ...(read?.said ?? [])].find(
    (one) => one.address === attempt.address && one.port === attempt.port && hangsOnChance(one),
  );
  const rule = decision && undecidedRule(decision, facts);
  return decision && rule
    ? ruleOf(rule, { fact: 'device.firewall', says: `as the rules stand they say of it: ${decision.why}` })
    : null;
}

function ruleOf(rule: RuleReference, evidence: Evidence): ChanceRule {
  const name = rule.text ?? `${rule.family} ${rule.table}, chain ${rule.chain}`;
  return { culprit: { kind: 'firewall-rule', name, rule }, evidence };
}

/** Either it is thrown away, or it passes: by what nobody can see in the packet. */
function hangsOnChance({ verdict, path, why }: ModelDecision): boolean {
  const did = path.at(-1)?.did;
  return (
    verdict === 'unknown' &&
    (did === 'drop' || did === 'reject') &&
    /it hangs on .*\b(?:numgen|statistic|limit)/.test(why)
  );
}

function undecidedRule({ path, why }: ModelDecision, facts: Facts): RuleReference | null {
  const step = path.at(-1);
  const table = fact(facts, 'device.firewall')?.tables.find(({ name }) => name === step?.table);
  if (!step || !table) return null;
  const text = /it hangs on (.+)$/.exec(why)?.[1];
  return {
    backend: table.backend,
    family: table.family,
    table: table.name,
    chain: step.chain,
    ...(step.number !== undefined && { number: step.number }),
    ...(text !== undefined && { text }),
  };
}

/** Where a row of connections showed that some get through: the same loss by a rule of this device. */
export function stoppedByChance(attempt: FailedAttempt, scene: Scene): Finding | null {
  const series = seriesOf(attempt, scene);
  // Beside a target that works, that packets get lost is what counts.
  if (!series || attempt.recovered || series.answered === 0 || series.answered === series.sent) return null;
  if (traceOf(attempt, scene) === undefined && fact(scene.facts, 'device.firewall') === undefined) return null;
  const rule = chanceRule(attempt, scene);
  if (!rule) return null;
  return {
    says: 'fits',
    weight: 0.97,
    atMost: 'likely',
    stage: attempt.stage,
    culprit: rule.culprit,
    summary: `A rule of this computer's own firewall throws away a part of the packets to ${attempt.host}, as chance has it.`,
    advice: 'take that rule out',
    evidence: [
      rule.evidence,
      {
        fact: 'connect.series',
        says: `${series.sent - series.answered} of ${series.sent} connections in a row got no answer in time, the others did`,
      },
    ],
  };
}

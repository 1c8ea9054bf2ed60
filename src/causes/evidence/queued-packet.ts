import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { traceOf } from './connection-evidence.js';
import { forbiddenByRule } from './app-rule.js';
import { endedAlike } from './firewall-evidence.js';
import { notYetAsked } from './not-yet-asked.js';

/**
 * A rule hands packets to a program (NFQUEUE), and ours was seen no more behind it. `local-firewall`: no program is there,
 * so that the packet is lost; `app-policy`: one is, which decides for each program or connection.
 */
export function queuedPacket(
  attempt: FailedAttempt,
  scene: Scene,
  cause: 'local-firewall' | 'app-policy',
): Finding | null {
  const flow = traceOf(attempt, scene);
  const at = flow?.stoppedBy;
  if (!flow || at?.verdict !== 'queue' || !endedAlike(flow, attempt)) return null;
  const firewall = fact(scene.facts, 'device.firewall');
  const text = at.rule?.text ?? '';
  const number = Number(/(?:--queue-num|queue (?:flags [\w,]+ )?(?:num|to)) (\d{1,5})/.exec(text)?.[1] ?? 'none');
  if (!firewall?.queues || Number.isNaN(number))
    return {
      says: 'unknown',
      missing: notYetAsked(scene, 'device.firewall'),
      because: 'a program decides about the packet',
    };
  const program = firewall.queues.find((queue) => queue.number === number);
  const place = `${at.family} ${at.table}, chain ${at.chain}`;
  const traced = {
    fact: 'kernel.trace',
    says: `the kernel followed our packet to that rule (${place}), which hands it to queue ${number}`,
  } as const;
  const rule = at.rule ?? { backend: 'nft' as const, family: at.family, table: at.table, chain: at.chain };
  if (cause === 'local-firewall') {
    // With "bypass" a packet passes where no program is.
    if (program || /bypass/.test(text)) return null;
    return {
      says: 'proven',
      stage: attempt.stage,
      culprit: { kind: 'firewall-rule', name: text === '' ? place : text, rule },
      summary: `A firewall rule of this computer hands the connection to a program that is to decide about it, and no such program runs: the packets are lost.`,
      advice: 'start the program that the rule was made for (an application firewall, a filter), or take its rule away',
      evidence: [traced, { fact: 'device.firewall', says: `no program takes packets from queue ${number}` }],
    };
  }
  if (!program) return null;
  const measured = scene.facts['connect.left'];
  if (measured === undefined && attempt.protocol === 'tcp')
    return {
      says: 'unknown',
      missing: ['connect.left'],
      because: 'whether the program let the packet pass is not known',
    };
  const left = fact(scene.facts, 'connect.left')?.find(
    (one) => one.address === attempt.address && one.port === attempt.port && one.failure?.code === attempt.outcome.code,
  );
  if (left && left.opening > 0)
    return {
      says: 'ruledOut',
      because: 'the program let the packet pass: it left this computer',
      facts: ['connect.left'],
    };
  const stayed = left !== undefined && left.frames > 0;
  const seen: Evidence[] = stayed
    ? [traced, { fact: 'connect.left', says: `none of our packets left by ${left.device}, which was heard meanwhile` }]
    : [traced];
  const byRule = forbiddenByRule(attempt, scene, program.pid);
  if (byRule?.says === 'fits')
    return { ...byRule, ...(stayed && { says: 'proven' }), evidence: [...seen, ...byRule.evidence] };
  if (byRule) return byRule;
  const who = program.process ?? `process ${program.pid}`;
  return {
    // Else it may have let the packet pass, and something behind it swallowed that.
    ...(stayed ? { says: 'proven' } : { says: 'fits', weight: 0.9, atMost: 'likely' }),
    stage: attempt.stage,
    culprit: { kind: 'process', name: who, rule },
    summary: `${who} on this computer decides about each connection, and this one was seen no more behind it.`,
    advice: `look into the settings and the log of ${who}`,
    evidence: [
      ...seen,
      { fact: 'device.firewall', says: `${who} (process ${program.pid}) takes packets from queue ${number}` },
    ],
  };
}

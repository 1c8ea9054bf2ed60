import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { fact, type MarkedRoute } from '../../model/facts.js';
import { neverLeft, traceOf, triesOf } from '../evidence/connection-evidence.js';

/**
 * A rule of the firewall marks the packet, and for that mark the routes lead nowhere: the kernel looks for the way anew behind
 * such a rule (ip_route_me_harder) and throws the packet away without a word. The kernel's trace shows the mark that our
 * packet bore. Null where no rule of routing that looks at marks is in question.
 */
export function byMarkedRoute(attempt: FailedAttempt, scene: Scene): Finding | null {
  if (attempt.stage !== 'connect' || attempt.outcome.code !== 'timed-out') return null;
  const marked = (fact(scene.facts, 'device.routes')?.marked ?? []).filter(
    ({ choice }) => choice.address === attempt.address && choice.error !== null,
  );
  if (marked.length === 0 || !neverLeft(triesOf(attempt, scene))) return null;
  const traced = traceOf(attempt, scene);
  if (!traced)
    return { says: 'unknown', missing: ['kernel.trace'], because: 'whether a rule marks the packet is not known' };
  const { mark, stoppedBy } = traced;
  if (mark === undefined || stoppedBy !== null) return null;
  const found = marked.find((one) => ((one.mark ^ mark) & one.mask) === 0);
  return found ? leadsNowhere(found, mark, attempt) : null;
}

function leadsNowhere({ rule, choice }: MarkedRoute, mark: number, { address }: FailedAttempt): Finding {
  const { line, type, table, error } = choice;
  const number = `0x${mark.toString(16)}`;
  const where = line ?? `no route (${error ?? type})`;
  const what = rule.replace(/^\d+:\s*/, '');
  return {
    says: 'proven',
    stage: 'route',
    culprit: {
      kind: 'route',
      name: line === null || line === rule ? rule : `${rule}; there: ${line}`,
      ...(address !== null && { address }),
      ...(table !== null && { location: `table ${table}` }),
    },
    summary: `A firewall rule of this computer marks what is sent to ${address ?? 'it'} (${number}), and for that mark the routing table leads nowhere.`,
    advice: `find out who made that rule of routing, often a VPN or a manager of networks; it goes with: sudo ip rule del ${what}`,
    evidence: [
      { fact: 'kernel.trace', says: `our packet bore the mark ${number} behind the rules, and no rule stopped it` },
      {
        fact: 'device.routes',
        says: `for that mark the kernel finds ${where}, by the rule ${rule}; without it there is a way`,
      },
      { fact: 'connect', says: 'no copy of the packet left this computer' },
    ],
  };
}

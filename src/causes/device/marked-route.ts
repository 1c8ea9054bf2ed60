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
  if (attempt.protocol === 'dns') return questionByMark(attempt, scene);
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

/** Types of a route by the error with which send() comes back, at once, where it is looked for anew behind a rule. */
const refusals: Readonly<Record<string, string>> = {
  prohibit: 'prohibited',
  unreachable: 'host-unreachable',
  blackhole: 'failed',
};

/** A question to a name server: sending it fails at once with the error of that route, though the unmarked one has a way. */
function questionByMark(attempt: FailedAttempt, scene: Scene): Finding | null {
  const { code, from } = attempt.outcome;
  const routes = fact(scene.facts, 'device.routes');
  const plain = routes?.choices.find(({ address }) => address === attempt.address);
  const marked = (routes?.marked ?? []).filter(
    ({ choice }) => choice.address === attempt.address && refusals[choice.type] === code,
  );
  const [first] = marked;
  if (!first || plain?.error !== null || from !== undefined) return null;
  const traced = traceOf(attempt, scene);
  const own =
    traced?.mark === undefined || traced.stoppedBy !== null
      ? undefined
      : marked.find((one) => ((one.mark ^ (traced.mark ?? 0)) & one.mask) === 0);
  if (own) return leadsNowhere(own, traced?.mark ?? 0, attempt);
  if (traced?.mark !== undefined) return null;
  return {
    says: 'fits',
    weight: 0.85,
    atMost: 'likely',
    stage: 'route',
    culprit: { kind: 'route', name: first.rule, ...(attempt.address !== null && { address: attempt.address }) },
    summary: `This computer itself refuses to send its questions to ${attempt.address ?? 'the name server'}: probably a firewall rule marks them, and for a mark the routing table says no.`,
    advice: `as root this shows whether they bear that mark; the rule of routing goes with: sudo ip rule del ${first.rule.replace(/^\d+:\s*/, '')}`,
    missing: scene.facts['kernel.trace'] === undefined ? ['kernel.trace'] : [],
    evidence: [
      { fact: 'name.direct', says: `sending failed at once (${attempt.outcome.raw}), and no router said so` },
      {
        fact: 'device.routes',
        says: `a rule of routing refuses so what bears a mark (${first.rule}); unmarked there is a way`,
      },
    ],
  };
}

function leadsNowhere(
  { rule, choice }: MarkedRoute,
  mark: number,
  { address, protocol, outcome }: FailedAttempt,
): Extract<Finding, { says: 'proven' }> {
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
      protocol === 'dns'
        ? { fact: 'name.direct', says: `sending failed at once (${outcome.raw})` }
        : { fact: 'connect', says: 'no copy of the packet left this computer' },
    ],
  };
}

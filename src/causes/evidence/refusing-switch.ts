import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { markIn, productOfMark, productOfTable } from '../../model/vpn-marks.js';
import { leadingRule } from './leading-rule.js';
import { routeOf, sendersOf, triesOf } from './connection-evidence.js';
import { untriedVpn } from './tunnel.js';

/**
 * A VPN's kill switch made of routing: a rule, or a line of the VPN's own table, that refuses whatever does not bear the mark of
 * the VPN's own packets. Only marks and tables that are known to be a VPN's count: whoever routes by marks for another reason
 * has `no-route`. Null where it is none.
 */
export function refusingSwitch(attempt: FailedAttempt, scene: Scene): Finding | null {
  const choice = routeOf(attempt, scene);
  if (!choice || choice.error === null || choice.line === null) return null;
  const rule = leadingRule(choice, fact(scene.facts, 'device.routes')?.rules ?? []);
  const product = rule === null ? undefined : whose(rule, choice.table);
  if (rule === null || product === undefined) return null;
  const tries = triesOf(attempt, scene);
  const { hops, target } = sendersOf(tries);
  const atOnce = attempt.protocol === 'dns' || tries.some(({ synchronous }) => synchronous);
  if (!atOnce || hops.length + target.length > 0) return null;
  const mark = markIn(rule);
  const isRule = rule === choice.line;
  return {
    says: 'proven',
    stage: 'route',
    culprit: {
      kind: 'route',
      name: choice.line,
      owner: product,
      address: choice.address,
      ...(choice.table === null ? {} : { location: `table ${choice.table}` }),
    },
    summary: `The kill switch of ${product} on this computer lets nothing out beside its tunnel, and there is no tunnel that takes this: its ${isRule ? 'rule' : 'table'} of routing refuses ${choice.address}.`,
    advice: `connect the VPN, or switch its kill switch off in its settings; where it is no longer installed, this is what it left behind`,
    evidence: [
      { fact: 'device.routes', says: `the kernel takes this line for ${choice.address}: ${choice.line}` },
      ...(isRule ? [] : [{ fact: 'device.routes' as const, says: `this rule leads there: ${rule}` }]),
      {
        fact: 'device.routes',
        says:
          mark === null
            ? `table ${choice.table ?? ''} is ${product}'s`
            : `${mark} is the mark of ${product}'s own packets`,
      },
      ...untriedVpn(product, 'device.routes'),
      {
        fact: attempt.protocol === 'dns' ? 'name.direct' : 'connect',
        says: `nothing was sent: the kernel refused at once (${attempt.outcome.raw})`,
      },
    ],
  };
}

function whose(rule: string, table: string | null): string | undefined {
  // A rule for those that bear the mark is meant for the VPN's own packets, not for ours.
  if (markIn(rule) !== null) return / not /.test(rule) ? productOfMark(rule) : undefined;
  return table === null ? undefined : productOfTable(table);
}

import { canonical } from '../../model/address.js';
import type { FlowTrace } from '../../model/facts.js';
import type { System, TraceEvent } from '../../model/system.js';
import type { RuleReference } from '../../model/words.js';
import { nameRule } from './describe-rule.js';
import { stepOf } from './trace-steps.js';

/** NAT ends in "accept"; a rule that writes into the packet itself goes on behind it. */
export function letsPass({ direction, kind, verdict, rule }: TraceEvent): boolean {
  return direction === 'out' && kind === 'rule' && /^(?:accept|continue)$/.test(verdict) && rule?.handle !== undefined;
}

const mostPassing = 12;
const redirecting =
  /\b(?:dnat|redirect|tproxy)\b|-j (?:DNAT|REDIRECT|TPROXY|NETMAP)\b|\b(?:ip6? daddr|tcp dport|udp dport|th dport) set /;
const resending = /(?:\bsnat (?:ip6? )?to |-j SNAT --to-source |\bip6? saddr set )\[?([\da-f.:]+?)\]?(?::\d+)?(?:\s|$)/;

/** Which of these rules rewrites the destination or the sender, by its text. */
export async function rewritten(
  passing: readonly TraceEvent[],
  system: System,
): Promise<Pick<FlowTrace, 'redirectedBy' | 'sentAs'>> {
  const key = ({ family, table, chain, rule }: TraceEvent): string =>
    `${family} ${table} ${chain} ${rule?.handle ?? ''}`;
  const distinct = [...new Map(passing.map((event) => [key(event), event])).values()].slice(0, mostPassing);
  const described = await Promise.all(distinct.map((event) => nameRule(stepOf(event), system)));
  const rules = described.flatMap(({ rule }) => rule ?? []);
  const redirectedBy = rules.find(({ text }) => redirecting.test(text ?? ''));
  const [sentAs] = rules.flatMap((rule) => {
    const address = resending.exec(rule.text ?? '')?.[1];
    return address === undefined ? [] : [{ address: canonical(address), rule }];
  });
  return { ...(redirectedBy && { redirectedBy }), ...(sentAs && { sentAs }) };
}

const destination =
  /(?:\bdnat (?:ip6? )?to |-j DNAT --to-destination )(?:\[([\da-f:]+)\]|([\d.]+))(?::(\d{1,5}))?(?:\s|$)/;

/** Where such a rule leads, where its text holds one address. */
export function leadsTo(rule: RuleReference): { readonly address: string; readonly port: number | null } | null {
  const [, six, four, port] = destination.exec(rule.text ?? '') ?? [];
  const address = six ?? four;
  return address === undefined ? null : { address: canonical(address), port: port === undefined ? null : Number(port) };
}

import type { Folded } from '../../firewall/folds-into.js';
import type { Owner } from '../../firewall/owner.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence } from '../../model/cause.js';
import type { Flow } from '../../model/failing-flows.js';
import { fact, type AroundTrace, type Facts, type FlowTrace } from '../../model/facts.js';
import type { ManagerLine } from '../../model/firewall-facts.js';

/** Where a packet like this attempt's is stopped, and whose rule that is. */
export interface Stop {
  /** The kernel's trace of it; null where the rules were only read. */
  readonly flow: FlowTrace | null;
  /** It was stopped in the network of the machine around the container's; absent where it was in its own. */
  readonly around?: AroundTrace;
  /** The connection or question that it belongs to. */
  readonly towards: Flow;
  readonly at: NonNullable<FlowTrace['stoppedBy']>;
  readonly owner: Owner | null;
  /** What the rule merely carries out; null when it is nothing but a firewall's rule. */
  readonly folded: Folded | null;
  /** It refuses whatever was not let through before: what that is tells whether it is a VPN's kill switch. */
  readonly general?: true;
  /** The line of the owner's own files that made it. */
  readonly line: ManagerLine | null;
  /** Whether the owner is still there; undefined when that is not known. */
  readonly ownerInstalled: boolean | undefined;
}

/** What is known of a rule's owner beside the rule. `saved` are the rules that led there, as iptables-save prints them. */
export function whatOwnerSays(
  owner: Owner | null,
  at: Stop['at'],
  saved: readonly string[],
  facts: Facts,
): Pick<Stop, 'line' | 'ownerInstalled'> {
  const managers = fact(facts, 'device.firewallManagers');
  if (owner === null) return { line: null, ownerInstalled: undefined };
  const installed = managers?.installed.includes(owner.id) === true;
  const absent = managers?.absent.includes(owner.id) === true;
  const made = [...saved, ...(at.rule?.text === undefined ? [] : [at.rule.text])];
  const isMeant = ({ rule }: ManagerLine): boolean =>
    made.includes(rule) || rule === at.chain || at.chain.endsWith(`-${rule}`);
  return {
    line: managers?.lines.find((line) => line.manager === owner.id && isMeant(line)) ?? null,
    ownerInstalled: installed ? true : absent ? false : undefined,
  };
}

/** `the kernel followed our packet to that rule (ip filter, chain ufw-user-output, handle 31)` */
export function traceEvidence({ at, around }: Stop): Evidence {
  const place = `${at.family} ${at.table}`;
  const where = around ? `, in the network of this computer around the container's (from ${around.source})` : '';
  const what = at.direction === 'out' ? 'our packet' : 'the answer to our packet';
  const handle = at.rule?.handle === undefined ? '' : `, handle ${at.rule.handle}`;
  const says =
    at.kind === 'policy'
      ? `the kernel followed ${what} to the end of chain ${at.chain} (${place}), whose policy drops it${where}`
      : `the kernel followed ${what} to that rule (${place}, chain ${at.chain}${handle})${where}`;
  return { fact: 'kernel.trace', says };
}

/** "what is sent to 198.51.100.10 port 443", "the answers of 198.51.100.10 port 443" */
export function blockedWords({ at }: Stop, { address, port }: FailedAttempt): string {
  return `${at.direction === 'out' ? 'what is sent to' : 'the answers of'} ${address ?? ''} port ${port ?? 0}`;
}

import type { FailedAttempt } from '../model/attempt.js';
import type { Finding } from '../model/cause.js';
import type { FlowTrace } from '../model/facts.js';
import type { Culprit } from '../model/words.js';

/** The kernel followed a probe of ours to the rule that ended it. */
export function stoppedByRule(traced: FlowTrace, attempt: FailedAttempt): Finding | null {
  const { stoppedBy, outcome } = traced;
  if (!stoppedBy || stoppedBy.verdict === 'queue' || outcome === 'connected' || outcome === 'answered') return null;
  const where = `${stoppedBy.family} ${stoppedBy.table}, chain ${stoppedBy.chain}`;
  const what = stoppedBy.direction === 'out' ? 'what is sent to' : 'the answers of';
  const culprit: Culprit = {
    kind: stoppedBy.kind === 'policy' ? 'policy' : 'firewall-rule',
    name: stoppedBy.kind === 'policy' ? `policy of ${where}` : (stoppedBy.rule?.text ?? where),
    ...(stoppedBy.rule
      ? { rule: stoppedBy.rule }
      : { rule: { backend: 'nft', family: stoppedBy.family, table: stoppedBy.table, chain: stoppedBy.chain } }),
  };
  const at = `${attempt.address ?? ''} port ${attempt.port ?? 0}`;
  const says =
    stoppedBy.kind === 'policy'
      ? `the kernel followed our packet to the end of chain ${stoppedBy.chain} (${stoppedBy.family} ${stoppedBy.table}), whose policy drops it`
      : `the kernel followed our packet to that rule (${where}${stoppedBy.rule?.handle === undefined ? '' : `, handle ${stoppedBy.rule.handle}`})`;
  return {
    says: 'proven',
    stage: attempt.stage,
    culprit,
    summary: `This computer's own firewall stops the connection: it blocks ${what} ${at}.`,
    evidence: [{ fact: 'kernel.trace', says }],
  };
}

/** What a rule asks about whoever sends: nft's `meta skuid`, `socket cgroupv2`; iptables' `-m owner`, `-m cgroup`. */
const aboutSender =
  /\bmeta (?:skuid|skgid|cgroup)\s+(?:==\s*)?(?![!<>])|\bsocket cgroupv2 level \d+ (?!!)|(?<!! )--(?:uid-owner|gid-owner|cgroup|path)\b/;

/** The rule can match only what one user, group or cgroup sends: for everybody else it is not there. */
export function onlyForSender(traced: FlowTrace): boolean {
  return traced.stoppedBy?.direction === 'out' && aboutSender.test(ruleText(traced));
}

/** Without comments and log prefixes, in which anything may stand. */
function ruleText(traced: FlowTrace): string {
  return (traced.stoppedBy?.rule?.text ?? '').replace(/"(?:[^"\\]|\\.)*"/g, (quoted) =>
    /^"[\w.-]+"$/.test(quoted) ? quoted.replaceAll('"', '') : '""',
  );
}

/** "user 1000" or "group 27" out of the rule's text. */
export function senderOf(traced: FlowTrace): string {
  const text = ruleText(traced);
  const [, what, who] =
    /\b(skuid|skgid)\s+(?:==\s*)?([\w.-]{1,40})/.exec(text) ??
    /--(uid-owner|gid-owner)\s+([\w.-]{1,40})/.exec(text) ??
    [];
  if (who === undefined) return 'some programs';
  return what === 'skgid' || what === 'gid-owner' ? `the group ${who}` : `the user ${who}`;
}

import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import type { Passed, SwallowedTry } from '../../model/swallowed.js';

/**
 * A policy of IPsec in the kernel forbids what is sent, or wants it encrypted where nobody has agreed on a key: its counters
 * (xfrm_stat, which every user may read) then rise with each packet of ours, and stand still without. `ask` where one of them
 * has ever risen and nobody has looked; null when it is not that.
 */
export function ipsecBlocks(attempt: FailedAttempt, scene: Scene): Finding | 'ask' | null {
  const { code } = attempt.outcome;
  if (attempt.stage !== 'connect' && attempt.stage !== 'name') return null;
  if (code !== 'timed-out' && code !== 'not-permitted' && code !== 'host-unreachable') return null;
  const { facts } = scene;
  if (facts['device.swallowed'] === undefined)
    return (fact(facts, 'device.limits')?.ipsecDrops ?? 0) > 0 ? 'ask' : null;
  const tried = fact(facts, 'device.swallowed')?.find(
    ({ address, port }) => address === attempt.address && port === attempt.port,
  );
  if (!tried) return null;
  const name = inStep(tried);
  if (name === null) return null;
  const to = attempt.address ?? 'the target';
  const total = tried.pairs.reduce((sum, { busy }) => sum + riseOf(busy, name), 0);
  const forbids = name === 'XfrmOutPolBlock';
  return {
    says: 'proven',
    side: 'this-device',
    stage: attempt.stage,
    culprit: {
      kind: 'policy',
      name: forbids ? `IPsec policy that blocks what is sent to ${to}` : `IPsec policy without a key for ${to}`,
      owner: 'IPsec',
    },
    summary: forbids
      ? `An IPsec policy of this computer, as a VPN sets it, forbids what is sent to ${to}.`
      : `An IPsec policy of this computer wants what is sent to ${to} to go through a VPN, and that VPN is not up: the packets are thrown away.`,
    advice: `sudo ip xfrm policy shows the policies (dir out, for ${to}); connect the VPN again, or ask whoever set them up`,
    evidence: [
      {
        fact: 'device.swallowed',
        says: `the kernel's counter ${name} rose by ${total} while ${tried.each * tried.pairs.length} packets were sent there, and stood still in as long without`,
      },
    ],
  };
}

/** Each counts one packet on its way out that goes no farther (net/xfrm/xfrm_policy.c, xfrm_output.c). */
const outgoing = ['XfrmOutPolBlock', 'XfrmOutNoStates', 'XfrmOutPolDead', 'XfrmOutStateExpired', 'XfrmOutStateInvalid'];

function inStep({ pairs, each }: SwallowedTry): string | null {
  if (pairs.length < 3 || pairs.some(({ answered }) => answered > 0)) return null;
  return (
    outgoing.find(
      (name) =>
        pairs.filter(({ busy, quiet }) => riseOf(busy, name) >= each && riseOf(quiet, name) === 0).length >=
        pairs.length - 1,
    ) ?? null
  );
}

function riseOf({ ipsec }: Passed, name: string): number {
  return ipsec.find((one) => one.name === name)?.rise ?? 0;
}

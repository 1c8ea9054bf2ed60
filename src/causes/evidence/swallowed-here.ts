import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import type { Passed, QueueDrops, SwallowedTry } from '../../model/swallowed.js';
import { outsideAnswers } from './reference-evidence.js';

export interface SwallowedHere {
  readonly because: string;
  readonly finding: Finding;
}

/** What may be this device's own doing, by its symptom: nothing comes back, or the queue says at once that it is full. */
export function maySwallow({ stage, outcome }: FailedAttempt, { facts }: Scene): boolean {
  return (
    (stage === 'connect' || stage === 'name') &&
    (outcome.code === 'timed-out' || outcome.code === 'no-buffers' || outcome.code === 'host-unreachable') &&
    facts['device.swallowed']?.state !== 'skipped'
  );
}

/**
 * This device's own counters show that it swallows what is sent, or what comes back: then silence, from one or from all, says
 * nothing of the line, the router or the server. Null where that was not seen.
 */
export function swallowedHere(attempt: FailedAttempt, scene: Scene): SwallowedHere | null {
  const found = triedFor(attempt, scene);
  if (!found || found.pairs.length < 3 || found.pairs.some(({ answered }) => answered > 0)) return null;
  return byQueue(attempt, found) ?? onTheWayIn(attempt, found);
}

/** Of the same place; where nobody outside answers, whatever keeps silent shares its end. */
function triedFor(attempt: FailedAttempt, scene: Scene): SwallowedTry | undefined {
  if (!maySwallow(attempt, scene)) return undefined;
  const all = fact(scene.facts, 'device.swallowed') ?? [];
  const same = all.find((one) => one.address === attempt.address && one.port === attempt.port);
  return same ?? (outsideAnswers(scene) === false ? all[0] : undefined);
}

/** Nothing of ours left by the interface, while its queue threw packets away. */
function byQueue({ stage, address }: FailedAttempt, { pairs, device, each }: SwallowedTry): SwallowedHere | null {
  if (device === null) return null;
  const drops = (passed: Passed): number => dropsOf(passed, device).reduce((sum, one) => sum + one.drops, 0);
  const [queue] = pairs.flatMap(({ busy, quiet }) => [...dropsOf(busy, device), ...dropsOf(quiet, device)]);
  if (!queue) return null;
  const inStep = pairs.filter(({ busy, quiet }) => drops(busy) >= each && drops(quiet) === 0 && busy.sent < each);
  // Where it swallows the search for the next hop as well, ours wait for that, and it is asked for once a second.
  const nothingLeft = pairs.every(({ busy, quiet }) => busy.sent + quiet.sent === 0);
  if (inStep.length < pairs.length - 1 && !nothingLeft) return null;
  const isSure = inStep.length >= pairs.length - 1 && inStep.every(({ busy }) => busy.sent === 0);
  const total = pairs.reduce((sum, { busy, quiet }) => sum + drops(busy) + drops(quiet), 0);
  const sent = pairs.reduce((sum, { busy }) => sum + busy.sent, 0);
  const name = `queue ${queue.kind} ${queue.handle} of ${device}`;
  return {
    because: `the ${name} throws away what this computer sends`,
    finding: {
      ...(isSure ? { says: 'proven' } : { says: 'fits', weight: 0.95, atMost: 'likely' }),
      side: 'this-device',
      stage,
      culprit: { kind: 'setting', name },
      summary: `A queue on this computer's own interface ${device} (${queue.kind}) throws away what is sent to ${address ?? 'the target'}: nothing leaves.`,
      advice: `tc -s qdisc show dev ${device} shows it; sudo tc qdisc del dev ${device} root takes it away, if nobody needs it`,
      evidence: [
        {
          fact: 'device.swallowed',
          says: `while ${each * pairs.length} packets were sent, ${device} sent ${sent}, and its queue ${queue.kind} ${queue.handle} counted ${total} thrown away`,
        },
      ],
    },
  };
}

function dropsOf({ queues }: Passed, device: string): readonly QueueDrops[] {
  return queues.filter((one) => one.device === device && one.kind !== 'ingress' && one.kind !== 'clsact');
}

/** Each time ours were sent packets came in that were never handed on, and none did without. */
function onTheWayIn({ stage, address }: FailedAttempt, tried: SwallowedTry): SwallowedHere | null {
  const { pairs, each, device } = tried;
  const ours = (lost: (passed: Passed) => number): boolean =>
    pairs.filter(({ busy, quiet }) => lost(busy) >= each && lost(quiet) <= 0).length >= pairs.length - 1;
  const onlyAnswers = allOfOneSize(tried);
  const behindIp = onlyAnswers || ours(undelivered);
  if (!behindIp && !ours(({ received, heard }) => received - heard)) return null;
  const filter = pairs
    .flatMap(({ busy }) => busy.queues)
    .find((one) => one.device === device && (one.kind === 'ingress' || one.kind === 'clsact'));
  const where = behindIp
    ? 'came to this computer and were handed on to nobody'
    : `came in by ${device ?? 'an interface'} and never got as far as IP`;
  // An error of a router that is thrown away hides another cause, and is none.
  if (behindIp && !onlyAnswers && looksLikeError(tried)) return null;
  return {
    because: 'something comes back each time, and this computer throws it away',
    finding: {
      says: 'fits',
      weight: 0.9,
      atMost: 'likely',
      side: 'this-device',
      stage,
      ...(filter && {
        culprit: { kind: 'policy', name: `filter of ${filter.kind} ${filter.handle} of ${filter.device}` },
      }),
      summary: `What comes back from ${address ?? 'there'} reaches this computer, and something here throws it away: its own firewall or a security program.`,
      advice:
        'run the same as root (sudo): the kernel then names the rule; look whether the rules for what comes in let answers pass (ct state established,related)',
      evidence: [
        {
          fact: 'device.swallowed',
          says: onlyAnswers
            ? `each time ${each} packets were sent at least as many ${where}, all as long as the answer to an opening packet is`
            : `each time ${each} packets were sent at least as many ${where}; in as long without none did`,
        },
      ],
      missing: ['kernel.trace'],
    },
  };
}

function undelivered({ taken, delivered }: Passed): number {
  return taken - delivered;
}

/**
 * Who answers and hears no more repeats the answer for a while, in quiet times too. Those are known by their size: nothing else
 * came to IP, and nothing was handed on.
 */
function allOfOneSize({ pairs, protocol, address, each }: SwallowedTry): boolean {
  const times = pairs.flatMap(({ quiet, busy }) => [quiet, busy]).filter(({ heard }) => heard > 0);
  const sizes = new Set(times.map(({ octets, heard }) => octets / heard));
  const [size = 0] = sizes;
  const [least, most] = address.includes(':') ? [64, 80] : [44, 60];
  return (
    protocol === 'tcp' &&
    pairs.every(({ busy }) => undelivered(busy) >= each) &&
    times.every(({ delivered }) => delivered === 0) &&
    sizes.size === 1 &&
    size >= least &&
    size <= most &&
    size !== 56
  );
}

/**
 * The answer to a SYN holds a head and options: at most 60 bytes (80 in IPv6). An error of ICMP quotes the whole SYN, or, in
 * IPv4, its first 28 bytes (RFC 792), and has 56 then. Errors about questions for names are known by their lengths alone.
 */
function looksLikeError({ pairs, protocol, address }: SwallowedTry): boolean {
  const isSix = address.includes(':');
  return pairs.some(({ busy: { heard, octets } }) => {
    const mean = octets / heard;
    if (mean === 56) return true;
    if (protocol === 'tcp') return mean > (isSix ? 80 : 60);
    return mean === (isSix ? quoted6 : quoted) || (mean >= extended && mean < extended + 50);
  });
}

/** An error that quotes our question whole: heads of IP and ICMP, then of IP and UDP, and 17 bytes. */
const quoted = 20 + 8 + 20 + 8 + 17;
const quoted6 = 40 + 8 + 40 + 8 + 17;
/** One with extensions is filled up to 128 quoted bytes (RFC 4884 5). */
const extended = 20 + 8 + 128;

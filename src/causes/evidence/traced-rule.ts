import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { fact, type AroundTrace, type FlowTrace } from '../../model/facts.js';
import { tracedStop } from './firewall-evidence.js';
import { insider, letPass } from './around-trace.js';
import { ownerWords } from './owner-words.js';
import { legacyProof } from './firewall-log.js';
import { readStop } from './read-rules.js';
import { ruleCulprit } from './rule-culprit.js';
import { leftBehind, namesMore, stopEvidence } from './rule-owner.js';
import { traceOf } from './connection-evidence.js';
import { blockedWords, type Stop } from './stop.js';

/** The kernel followed a probe of ours to the rule that ended it. */
export function stoppedByRule(traced: FlowTrace, attempt: FailedAttempt, scene: Scene): Finding | null {
  const stop = tracedStop(traced, attempt, scene);
  if (!stop) return null;
  const whose = stop.owner === null ? '' : ` (${ownerWords(stop.owner)})`;
  if (stop.around) return stoppedOnWayOut(stop, stop.around, attempt, scene);
  // By the rule alone a kill switch looks like any other filter that ends with "and nothing else".
  const isUntold = stop.general === true && stop.folded === null && stop.at.direction === 'out';
  return {
    ...(isUntold && fact(scene.facts, 'device.firewall') === undefined
      ? ({ says: 'fits', weight: 0.95, atMost: 'likely' } as const)
      : ({ says: 'proven' } as const)),
    stage: attempt.stage,
    culprit: ruleCulprit(stop),
    summary: `This computer's own firewall${whose} stops the connection: it blocks ${blockedWords(stop, attempt)}.`,
    ...(stop.ownerInstalled === false ? leftBehind(stop) : {}),
    ...namesMore(stop, scene),
    evidence: stopEvidence(stop, scene),
  };
}

/** A rule of the machine around a container's network: that one's own firewall has nothing to do with it. */
function stoppedOnWayOut(stop: Stop, around: AroundTrace, attempt: FailedAttempt, scene: Scene): Finding {
  const whose = stop.owner === null ? '' : ` (${ownerWords(stop.owner)})`;
  const advice = letPass(stop.owner, stop.at.chain, around);
  const [who, there] = [insider(scene), `${attempt.address ?? ''} port ${attempt.port ?? 0}`];
  const what =
    stop.at.direction === 'out' ? `what ${who} sends to ${there}` : `the answers of ${there} on their way to ${who}`;
  return {
    says: 'proven',
    side: 'this-device',
    stage: attempt.stage,
    culprit: ruleCulprit(stop),
    summary: `This computer's own firewall${whose} stops ${what}.`,
    ...(advice === undefined ? {} : { advice }),
    evidence: stopEvidence(stop, scene),
  };
}

/** Where the kernel could not be asked, or saw nothing: the rules as they stand in the ruleset stop it. */
export function stoppedAsRead(attempt: FailedAttempt, scene: Scene): Finding | null {
  const stop = readStop(attempt, scene);
  if (!stop) return null;
  const whose = stop.owner === null ? '' : ` (${ownerWords(stop.owner)})`;
  return {
    ...(legacyProof(stop, scene) ? { says: 'proven' } : { says: 'fits', weight: 0.95 }),
    stage: attempt.stage,
    culprit: ruleCulprit(stop),
    summary: `This computer's own firewall${whose} stops the connection: it blocks ${blockedWords(stop, attempt)}.`,
    ...(stop.ownerInstalled === false ? leftBehind(stop) : {}),
    ...namesMore(stop, scene),
    evidence: stopEvidence(stop, scene),
  };
}

/** What a rule asks about whoever sends: nft's `meta skuid`, `socket cgroupv2`; iptables' `-m owner`, `-m cgroup`. */
const aboutSender =
  /\bmeta (?:skuid|skgid|cgroup)\s+(?:==\s*)?(?![!<>])|\bsocket cgroupv2 level \d+ (?!!)|(?<!! )--(?:uid-owner|gid-owner|cgroup|path)\b/;

/**
 * A rule that can match only what one user, group or cgroup sends stops the connection: for everybody else it is not
 * there. The kernel followed a probe of ours to it, or it is read.
 */
export function stoppedForSender(attempt: FailedAttempt, scene: Scene): Finding | null {
  const traced = traceOf(attempt, scene);
  const followed = traced ? tracedStop(traced, attempt, scene) : null;
  const stop = followed ?? readStop(attempt, scene);
  if (!stop || !onlyForSender(stop)) return null;
  const found = followed && traced ? stoppedByRule(traced, attempt, scene) : stoppedAsRead(attempt, scene);
  if (found?.says !== 'proven' && found?.says !== 'fits') return null;
  if (stop.folded?.owner?.id === 'calico') return { ...found, ...calicoWords(stop.folded.about) };
  return { ...found, ...senderWords(stop, 'forbids this connection to') };
}

export function senderWords(stop: Stop, does: string): { readonly summary: string; readonly advice: string } {
  return {
    summary: `A firewall rule of this computer ${does} ${senderOf(stop)}, not to everybody.`,
    advice: 'whoever runs this computer has set that rule: ask for an exception, or use another user',
  };
}

/** A rule of Calico's carries out what policies of the cluster say: there it is to be changed, and nowhere else. */
function calicoWords(about: string | null): { readonly summary: string; readonly advice: string } {
  const which = about === null ? 'a network policy' : `the network ${about}`;
  return {
    summary: `Calico stops the connection: ${which} of this Kubernetes cluster ${about?.startsWith('policies') === true ? 'let' : 'lets'} it not pass.`,
    advice:
      'kubectl get networkpolicy -A (and calicoctl get networkpolicy -A) shows them; a rule by hand would be undone by Calico',
  };
}

export function onlyForSender(stop: Stop): boolean {
  if (stop.at.direction !== 'out') return false;
  // A drop in a chain that is entered for one user only is a rule for that user too.
  return stop.folded?.cause === 'app-policy' || aboutSender.test(ruleText(stop));
}

/** Without comments and log prefixes, in which anything may stand. */
function ruleText({ at }: Stop): string {
  return (at.rule?.text ?? '').replace(/"(?:[^"\\]|\\.)*"/g, (quoted) =>
    /^"[\w.-]+"$/.test(quoted) ? quoted.replaceAll('"', '') : '""',
  );
}

/** "the user 1000" or "the group 27" out of the rule's text, or of those that led to it. */
function senderOf(stop: Stop): string {
  const text = ruleText(stop);
  const [, what, who] =
    /\b(skuid|skgid)\s+(?:==\s*)?([\w.-]{1,40})/.exec(text) ??
    /--(uid-owner|gid-owner)\s+([\w.-]{1,40})/.exec(text) ??
    [];
  const about = stop.folded?.about;
  if (who === undefined) return about === null || about === undefined ? 'some programs' : `the ${about}`;
  return what === 'skgid' || what === 'gid-owner' ? `the group ${who}` : `the user ${who}`;
}

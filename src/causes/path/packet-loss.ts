import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Evidence, Finding, Scene } from '../../model/cause.js';
import { type ConnectTry, fact, type LossCount, type LossSeries } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import type { Culprit, Side } from '../../model/words.js';
import {
  controlsOf,
  isOwnAddress,
  littleLoss,
  neverLeft,
  sendersOf,
  seriesOf,
  triesOf,
} from '../evidence/connection-evidence.js';
import { fromFirstPackets } from './lost-first-packets.js';
import { fromQuestions } from './lost-questions.js';
import { interferenceOf, neverTaken } from '../evidence/interference-evidence.js';
import { chanceRule } from '../evidence/chance-rule.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';
import { place } from '../evidence/tls-evidence.js';
import { classOf } from './icmp-words.js';
import { ruledOutAsKept } from '../evidence/kept-back.js';

/** Fewer tries than that tell loss from a block too badly: four fifths lost on both ways let one of 25 through. */
const enough = 8;
/** Where half of all packets are lost on both ways, one of so many that ask gets its answer in 98 of 100 cases. */
const enoughForHalf = 13;
/** The same where no other name was compared, so that somebody may swallow this one besides: one in a dozen ends so. */
const someLoss = 0.6;
/** Before that the kernel has not even sent a packet again. */
const longEnoughMs = 900;

/** Some packets get through and others do not: no block does that. Told by a few connections in a row. */
export const cause: Cause = {
  id: 'packet-loss',
  side: 'path',
  stage: 'connect',
  title: 'Packets get lost on the way',
  symptoms: [
    ...symptoms('connect', 'timed-out'),
    ...symptoms('exchange', 'timed-out'),
    ...symptoms('resolve', 'timed-out'),
    ...symptoms('tls', 'timed-out'),
    ...symptoms('http', 'timed-out'),
    ...symptoms('service', 'timed-out'),
  ],
  needs: ['connect.series', 'connect.ports', 'name.series', 'references', 'kernel.trace', 'device.firewall'],
  yieldsTo: ['address-conflict', 'captive-portal', 'vpn-blocks', 'local-firewall'],
  judge(attempt, scene): Finding {
    const kept = ruledOutAsKept(attempt, scene);
    if (kept) return kept;
    if (attempt.stage === 'name' && attempt.hop === 0 && !attempt.toProxy) return fromQuestions(attempt, scene);
    if (attempt.hop > 0)
      return { says: 'unknown', missing: [], because: 'only the way to the target itself was tried several times' };
    if (attempt.toProxy || attempt.throughProxy)
      return { says: 'unknown', missing: [], because: 'only the way without a proxy could be tried several times' };
    if (isOwnAddress(attempt.address, scene))
      return { says: 'ruledOut', because: 'the target is this computer itself', facts: ['device.interfaces'] };
    const tries = triesOf(attempt, scene);
    if (neverLeft(tries))
      return { says: 'ruledOut', because: 'the packet never left this computer', facts: ['connect'] };
    const series = seriesOf(attempt, scene);
    if (!series && attempt.stage === 'connect' && tries.length > 0 && !tries.some((one) => one.ms >= longEnoughMs)) {
      return { says: 'unknown', missing: [], because: 'it was not waited for any longer' };
    }
    if (!series) {
      const counted = attempt.stage === 'connect' ? null : fromFirstPackets(attempt, tries);
      return (
        counted ?? { says: 'unknown', missing: scene.facts['connect.series'] === undefined ? ['connect.series'] : [] }
      );
    }
    const opened = tries.length === 0 ? undefined : tries.some((one) => one.failure === undefined);
    return fromSeries(attempt, scene, series, opened);
  },
};

function fromSeries(attempt: FailedAttempt, scene: Scene, series: LossSeries, opened: boolean | undefined): Finding {
  const { sent, answered } = series;
  // A router that knows no way says so once a second or so, and is silent between: that is no loss.
  const address = attempt.address ?? '';
  const asked = [...triesOf(attempt, scene), ...(controlsOf(attempt, scene)?.ports ?? [])];
  const turning =
    sendersOf(asked).hops.find((icmp) => classOf(icmp, address) === 'unreachable') ??
    (series.told && classOf(series.told, address) !== 'other' ? series.told : undefined);
  if (turning)
    return {
      says: 'unknown',
      missing: [],
      because: `${turning.from ?? 'somebody'} turns some of the packets away and says so`,
    };
  if (sent < 4) return { says: 'unknown', missing: [], because: 'it could not be tried often enough' };
  if (answered === 0 && opened !== true) {
    const late = openedLate(attempt, scene);
    if (late) return atOtherPort(attempt, series, late);
    if (fact(scene.facts, 'connect.ports') === undefined)
      return {
        says: 'unknown',
        missing: scene.facts['connect.ports'] === undefined ? ['connect.ports'] : [],
        because: 'whether other ports lose packets as well is not known',
      };
    const all = sent + firstPackets(triesOf(attempt, scene));
    return sent >= enough && all >= enoughForHalf && opened === false
      ? {
          says: 'ruledOut',
          because: `not one of ${all} packets got through, and loss lets some`,
          facts: ['connect.series'],
        }
      : { says: 'unknown', missing: [], because: 'it could not be tried often enough' };
  }
  if (answered === 0) return openedOnce(attempt, scene, series);
  if (answered === sent) {
    const over = attempt.stage === 'connect' && opened !== true;
    return over
      ? { says: 'unknown', missing: [], because: 'a moment later each try got through' }
      : { says: 'ruledOut', because: `each of ${sent} tries in a row got through`, facts: ['connect.series'] };
  }
  const lost = sent - answered;
  const compared = attempt.stage === 'tls' || attempt.stage === 'http' ? interferenceOf(attempt, scene) : undefined;
  const most = attempt.stage === 'tls' && !compared ? someLoss : littleLoss;
  if (attempt.stage !== 'connect' && opened === true && lost / sent <= most)
    return {
      says: 'unknown',
      missing: attempt.stage === 'tls' && scene.facts.interference === undefined ? ['interference'] : [],
      because: `with ${lost} of ${sent} lost, what is sent again gets through`,
    };
  const unheardName = compared !== undefined && neverTaken(compared);
  if (unheardName && lost / sent <= littleLoss)
    return { says: 'unknown', missing: [], because: 'this name was never answered, and another one each time' };
  const where = placeInRules(attempt, scene) ?? placeOfLoss(series, scene);
  const evidence: Evidence[] = [
    {
      fact: 'connect.series',
      says: `${lost} of ${sent} connections in a row to ${place(attempt)} got no answer in time, the others did`,
    },
    ...where.evidence,
  ];
  const share = Math.round((lost / sent) * 100);
  return {
    says: 'fits',
    weight: 0.95,
    stage: attempt.stage,
    side: where.side,
    culprit: where.culprit,
    ...(lost < 2 || unheardName ? { atMost: 'likely' as const } : {}),
    missing: notYetAsked(scene, 'references', 'kernel.trace', 'device.firewall'),
    summary: `Packets get lost ${where.words}: some ${share} % of the connections to ${attempt.host} get no answer in time.`,
    advice: where.advice,
    evidence,
  };
}

/**
 * A connection did open, and then not one of a row. Heavy loss does that; so does a server that took one more and then no
 * others. A way that is slower than the tries were waited for looks the same.
 */
function openedOnce(attempt: FailedAttempt, scene: Scene, { sent }: LossSeries): Finding {
  const late = triesOf(attempt, scene).some(({ tcp }) => (tcp?.totalRetransmitted ?? 0) > 0);
  // A server that took a whole handshake, and then nothing and nobody any more, has stopped or is cut off in that moment.
  const spoke = attempt.stage === 'http' && serverSpoke(attempt, scene);
  if (attempt.stage === 'connect' || (!late && !spoke)) {
    return { says: 'unknown', missing: [], because: 'whether it is loss or silence cannot be told' };
  }
  return {
    says: 'fits',
    weight: 0.45,
    atMost: 'likely',
    stage: attempt.stage,
    culprit: { kind: 'hop', name: 'on the way' },
    summary: `So many packets may get lost on the way to ${attempt.host} that next to nothing gets through.`,
    advice: 'wait and try again',
    evidence: [
      late
        ? { fact: 'connect', says: 'the connection opened only after its first packet was sent again' }
        : {
            fact: 'tls',
            says: 'the server still made its part of the handshake, and then nothing came from it any more',
          },
      { fact: 'connect.series', says: `not one of ${sent} more got an answer in time` },
    ],
  };
}

function serverSpoke(attempt: FailedAttempt, { facts }: Scene): boolean {
  return (
    fact(facts, 'tls')?.some((one) => one.address === attempt.address && one.port === attempt.port && !one.failure) ??
    false
  );
}

/** How often the kernel asked for these connections: each first packet, and its copies. */
function firstPackets(tries: readonly ConnectTry[]): number {
  return tries.reduce((all, { tcp }) => all + 1 + (tcp?.totalRetransmitted ?? 0), 0);
}

/** Another port of the same host that opened only when the kernel had sent the first packet again. */
function openedLate(attempt: FailedAttempt, scene: Scene): ConnectTry | undefined {
  return controlsOf(attempt, scene)?.ports.find(({ failure, tcp }) => !failure && (tcp?.totalRetransmitted ?? 0) > 0);
}

/** A row in which none got through, on a way that loses packets: so heavy a loss is that, or a block besides. */
function atOtherPort(attempt: FailedAttempt, { sent }: LossSeries, { port }: ConnectTry): Finding {
  return {
    says: 'fits',
    weight: 0.5,
    atMost: 'likely',
    stage: attempt.stage,
    culprit: { kind: 'hop', name: 'on the way' },
    summary: `So many packets may get lost on the way to ${attempt.host} that next to nothing gets through.`,
    advice: 'wait and try again',
    evidence: [
      { fact: 'connect.ports', says: `its port ${port} opened only after the first packet was sent again` },
      { fact: 'connect.series', says: `not one of ${sent} connections in a row got an answer in time` },
    ],
  };
}

interface LossPlace {
  readonly side: Side;
  readonly words: string;
  readonly culprit: Culprit;
  readonly advice: string;
  readonly evidence: readonly Evidence[];
}

/** A rule of this very device makes the losses. */
function placeInRules(attempt: FailedAttempt, scene: Scene): LossPlace | null {
  const rule = chanceRule(attempt, scene);
  return rule
    ? {
        side: 'this-device',
        words: "in this computer's own firewall",
        culprit: rule.culprit,
        advice: 'take that rule out',
        evidence: [rule.evidence],
      }
    : null;
}

interface LossyHop extends LossCount {
  readonly ttl: number;
}

/**
 * Between two routers where the losses begin. A router that answers only so often seems to lose packets that others behind
 * it hear of: so it counts only what all behind it lose too, and the router before has to have answered every time.
 */
export function startOfLoss(series: LossSeries): { readonly clean: LossyHop; readonly lossy: LossyHop } | null {
  const { nearest, hops = [], address, sent, answered } = series;
  const places: LossyHop[] = [
    ...(nearest && nearest.answered > 0 ? [{ ...nearest, ttl: 1 }] : []),
    ...hops,
    { address, sent, answered, ttl: Infinity },
  ];
  const last = places.findLastIndex((one) => one.sent >= 5 && one.answered === one.sent);
  const [clean, lossy] = [places[last], places[last + 1]];
  if (!clean || !lossy || clean.ttl === Infinity) return null;
  const behind = places.slice(last + 1);
  return behind.every((one) => one.sent - one.answered >= 2) ? { clean, lossy } : null;
}

function shareOf({ sent, answered }: LossCount): number {
  return sent === 0 ? 0 : 1 - answered / sent;
}

function placeOfLoss(series: LossSeries, { facts }: Scene): LossPlace {
  const { nearest, hops = [], reference, address } = series;
  const router = nearest?.address ?? fact(facts, 'device.routes')?.defaults[0]?.via ?? null;
  // A router that answers none of these just does not say that a packet ended there.
  const near = nearest && nearest.answered > 0 ? nearest.sent - nearest.answered : null;
  const nearEvidence = (words: string): Evidence => ({ fact: 'connect.series', says: words });
  const start = startOfLoss(series);
  if (start) {
    const { clean: last, lossy } = start;
    return {
      side: 'path',
      words: `on the way, behind ${last.address ?? 'a router'}`,
      culprit: {
        kind: 'hop',
        name: `behind ${last.address ?? 'a router on the way'}`,
        ...(last.address !== null && { address: last.address }),
      },
      advice: 'wait and try again; if it stays, tell your provider this address',
      evidence: [
        nearEvidence(
          `${last.address ?? 'a router'} (hop ${last.ttl}) answered each of ${last.sent}, ${lossy.address ?? 'the next one'} behind it only ${lossy.answered} of ${lossy.sent}`,
        ),
      ],
    };
  }
  // Losing far more than the target behind it, that router only does not answer each time: its errors may be limited. So
  // where another server behind it answers (as no limit holds there it tells more than the next routers do).
  const likeTheTarget = nearest !== null && shareOf(nearest) <= shareOf(series) + 0.35;
  const behind = reference ? [reference] : hops;
  const asAllBehind = likeTheTarget && behind.every((one) => one.sent - one.answered >= 2);
  if (near !== null && near >= 2 && asAllBehind) {
    return {
      side: 'local-network',
      words: 'on the way to your own router already',
      culprit: {
        kind: 'hop',
        name: 'between this computer and its router',
        ...(router !== null && { address: router }),
      },
      advice: 'go nearer to the Wi-Fi router or use a cable; restart it if that does not help',
      evidence: [
        nearEvidence(
          `your router ${router ?? ''} itself answered only ${nearest?.answered ?? 0} of ${nearest?.sent ?? 0}`,
        ),
      ],
    };
  }
  const clean = near === 0 ? [nearEvidence(`your router ${router ?? ''} answered each of ${nearest?.sent ?? 0}`)] : [];
  const elsewhere = reference ? reference.sent - reference.answered : null;
  if (reference && elsewhere !== null && elsewhere >= 2) {
    return {
      side: 'path',
      words: 'on the way out of your network',
      culprit: {
        kind: 'hop',
        name: router === null ? 'on the way out' : `behind ${router}`,
        ...(router !== null && { address: router }),
      },
      advice: 'tell your provider, if it stays',
      evidence: [
        ...clean,
        nearEvidence(`${reference.name} answered only ${reference.answered} of ${reference.sent} as well`),
      ],
    };
  }
  const fine = reference && elsewhere === 0;
  return {
    side: 'path',
    words: fine ? 'on the way to that server, not to others' : 'on the way',
    culprit: { kind: 'hop', name: fine ? `on the way to ${address} only` : `on the way to ${address}`, address },
    advice: fine
      ? 'wait and try again; only those who run that server or its network can mend it'
      : 'wait and try again; if it stays, tell your provider',
    evidence: [...clean, ...(fine ? [nearEvidence(`${reference.name} answered each of ${reference.sent}`)] : [])],
  };
}

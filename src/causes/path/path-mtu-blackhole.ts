import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Evidence, Scene } from '../../model/cause.js';
import { fact, type FactKey } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import type { PacketSizes } from '../../model/way-facts.js';
import { isOwnAddress, triesOf } from '../evidence/connection-evidence.js';
import { dependsOn, interferenceOf, plainTrials } from '../evidence/interference-evidence.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';
import { handshakeDone, variation } from '../evidence/tls-evidence.js';
import { placeOf } from './hop-place.js';
import { ruledOutAsKept } from '../evidence/kept-back.js';

/** Large packets vanish on the way, and nobody says so: small ones open the connection, the first large ones end it. */
export const cause: Cause = {
  id: 'path-mtu-blackhole',
  side: 'path',
  stage: 'connect',
  title: 'Large packets vanish on the way',
  symptoms: [...symptoms('tls', 'timed-out'), ...symptoms('http', 'timed-out'), ...symptoms('service', 'timed-out')],
  needs: ['path.sizes', 'tls.variations'],
  remedies: ['clamp-mss', 'lower-mtu', 'bound-route'],
  judge(attempt, scene) {
    const kept = ruledOutAsKept(attempt, scene);
    if (kept) return kept;
    if (attempt.stage === 'service')
      return { says: 'ruledOut', because: 'what it should say first is short', facts: ['greeting'] };
    if (isOwnAddress(attempt.address, scene))
      return { says: 'ruledOut', because: 'the target is this computer itself', facts: ['device.interfaces'] };
    if (attempt.hop > 0 || attempt.throughProxy)
      return {
        says: 'unknown',
        missing: [],
        because: 'only the way to the target itself was tried with small packets',
      };
    if (smallIsLostToo(attempt, scene))
      return {
        says: 'ruledOut',
        because: 'what is said first is a small packet, and not even that arrives',
        facts: ['interference'],
      };
    if (answersOtherName(attempt, scene))
      return { says: 'ruledOut', because: 'it answers when another name or none is sent', facts: namesFrom(scene) };
    const sizes = fact(scene.facts, 'path.sizes')?.find(
      (one) => one.address === attempt.address && one.port === attempt.port && one.step === attempt.stage,
    );
    if (!sizes) {
      const missing = notYetAsked(scene, 'path.sizes');
      return { says: 'unknown', missing, because: 'whether small packets get through was not measured' };
    }
    const usual = sizes.tries.filter(({ size }) => size === null);
    if (usual.some(({ held }) => held))
      return { says: 'ruledOut', because: 'the same again held with packets of the usual size', facts: ['path.sizes'] };
    const small = sizes.tries.filter(({ size }) => size !== null);
    if (small.length > 0 && !small.some(({ held }) => held))
      return {
        says: 'ruledOut',
        because: `with packets of ${Math.min(...small.map(({ size }) => size ?? Infinity))} bytes it stays silent as well`,
        facts: ['path.sizes'],
      };
    const { largest, tooLarge } = sizes;
    if (largest === null || tooLarge === null || usual.length < 2)
      return { says: 'unknown', missing: [], because: 'it could not be tried often enough' };
    const passing = small.filter(({ size }) => size !== null && size <= largest);
    if (passing.some(({ held }) => !held))
      return { says: 'unknown', missing: [], because: 'small packets do not get through each time either' };
    // A single packet of that size that the other end acknowledged is a repetition as well.
    const taken = sizes.packets.filter(({ size, acknowledged }) => acknowledged && size <= largest);
    if (passing.length + taken.length < 2)
      return { says: 'unknown', missing: [], because: 'small packets could not be tried often enough' };
    // A filter that looks for a name loses sight of it where it comes in other pieces: another name has to hang as well.
    if (attempt.stage === 'tls' && !otherNameHangs(attempt, scene)) {
      const missing = notYetAsked(scene, 'tls.variations', 'interference');
      return { says: 'unknown', missing, because: 'whether another name hangs as well was not measured' };
    }
    const lost = tooLarge - largest === 1 ? `more than ${largest} bytes` : `${tooLarge} bytes and more`;
    const place = placeIn(sizes);
    const where = place === null ? 'on the way' : `behind ${place}`;
    const told = small.some(({ size, pathMtu = Infinity }) => pathMtu < (size ?? 0));
    const isProven = isLostBeyond(sizes, tooLarge) && !isByChance(sizes, attempt, scene);
    return {
      ...(isProven ? { says: 'proven' } : { says: 'fits', weight: 0.8, atMost: 'likely' }),
      stage: attempt.stage,
      side: place === null ? 'path' : placeOf(place, scene).side === 'local-network' ? 'local-network' : 'path',
      culprit: {
        kind: 'limit',
        name: `packets of ${lost} are lost ${where}`,
        ...(place !== null && { address: place }),
      },
      summary: `Packets of ${lost} vanish on the way to ${attempt.host}, and ${told ? 'the other end does not heed it where a router says so' : 'nobody says so'}: the connection opens, and then hangs.`,
      advice: `let the network's own settings say that ${largest} bytes is the most (the MTU of the interface, the router or the VPN), or have the block on ICMP "too big" messages removed`,
      evidence: evidenceOf(sizes, largest, tooLarge, place),
    };
  },
};

/** Longer ones make the request itself a large packet. */
const shortPath = 600;

/** A hello, or a short request, is smaller than any link must carry. Its kernel would have acknowledged it. */
function smallIsLostToo(attempt: FailedAttempt, scene: Scene): boolean {
  const found = interferenceOf(attempt, scene);
  const same = found ? plainTrials(found, 'same') : [];
  return (
    scene.facts.target.path.length <= shortPath &&
    same.length > 1 &&
    same.every((one) => one.ending === 'silent' && one.acknowledged === false && one.unsent === false)
  );
}

function answersOtherName(attempt: FailedAttempt, scene: Scene): boolean {
  if (attempt.stage !== 'tls') return false;
  if ((['other-name', 'no-name'] as const).some((kind) => handshakeDone(variation(attempt, scene, kind)))) return true;
  const found = interferenceOf(attempt, scene);
  return found !== undefined && dependsOn(found) === 'name';
}

function otherNameHangs(attempt: FailedAttempt, scene: Scene): boolean {
  const found = interferenceOf(attempt, scene);
  const trials = found ? plainTrials(found, 'other') : [];
  return (
    variation(attempt, scene, 'other-name')?.failure !== undefined ||
    (trials.length > 0 && trials.every(({ ending }) => ending === 'silent'))
  );
}

function namesFrom({ facts }: Scene): FactKey[] {
  return (['tls.variations', 'interference'] as const).filter((key) => facts[key] !== undefined);
}

/** A large packet of our own left and got lost behind: else a rule of this very device may drop long ones that come in. */
function isLostBeyond(sizes: PacketSizes, tooLarge: number): boolean {
  return (
    placeIn(sizes) !== null ||
    sizes.packets.some(({ size, acknowledged, sentAgain }) => size >= tooLarge && !acknowledged && sentAgain > 0)
  );
}

/**
 * Whether loss that does not look at the size could have dealt it so: all that passed are smaller than all that got lost. Seen
 * where packets of the smallest size get lost as well, or where too few were tried: of so many that passed and got lost, chance
 * sorts one in C(n, k).
 */
function isByChance(sizes: PacketSizes, attempt: FailedAttempt, scene: Scene): boolean {
  const tries = triesOf(attempt, scene);
  if (tries.length === 0 || tries.some(({ failure, tcp }) => failure || (tcp?.totalRetransmitted ?? 0) > 0))
    return true;
  const { passed, lost } = countsOf(sizes);
  let orders = 1;
  for (let i = 1; i <= passed; i++) orders *= (lost + i) / i;
  return orders < surelyNoChance;
}

const surelyNoChance = 50;

/** The same step again, and copies of single packets. */
function countsOf({ tries, packets, largest, tooLarge }: PacketSizes): {
  readonly passed: number;
  readonly lost: number;
} {
  const most = largest ?? 0;
  const least = tooLarge ?? Infinity;
  const copies = packets.filter(({ size, acknowledged }) => size >= least && !acknowledged);
  return {
    passed:
      tries.filter(({ size, held }) => held && size !== null && size <= most).length +
      packets.filter(({ size, acknowledged }) => acknowledged && size <= most).length,
    lost:
      tries.filter(({ size, held }) => !held && (size === null || size >= least)).length +
      copies.reduce((all, { sentAgain }) => all + 1 + sentAgain, 0),
  };
}

/** The last router that a large datagram reached, where small ones reached others behind it. */
function placeIn({ reach }: PacketSizes): string | null {
  const last = reach?.tooLarge.at(-1);
  return last !== undefined && reach !== null && reach.largest.length > reach.tooLarge.length ? last : null;
}

function evidenceOf(sizes: PacketSizes, largest: number, tooLarge: number, place: string | null): Evidence[] {
  const good = sizes.tries.filter(({ size, held }) => held && size !== null && size <= largest).length;
  const bad = sizes.tries.filter(({ size, held }) => !held && (size === null || size >= tooLarge)).length;
  const what = sizes.step === 'tls' ? 'the handshake' : 'the request';
  const lost = sizes.packets.find((one) => one.size >= tooLarge && !one.acknowledged);
  const taken = sizes.packets.find((one) => one.size <= largest && one.acknowledged);
  return [
    {
      fact: 'path.sizes',
      says: `${what} holds with packets of up to ${largest} bytes (${good} of ${good} times with such sizes), and hangs with larger ones (${bad} of ${bad} times)`,
    },
    ...(lost && taken
      ? [
          {
            fact: 'path.sizes' as const,
            says: `a packet of ${taken.size} bytes is acknowledged, one of ${lost.size} was sent ${lost.sentAgain + 1} times (with ever longer pauses) and never is`,
          },
        ]
      : []),
    ...(place === null
      ? []
      : [
          {
            fact: 'path.sizes' as const,
            says: `datagrams of ${sizes.reach?.sizes?.tooLarge ?? tooLarge} bytes reach ${place} and no router behind it`,
          },
        ]),
  ];
}

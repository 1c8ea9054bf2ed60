// From what was seen to what may be answered.
import type { Observation, TriedAndSeen } from '../observe/observation.js';
import type { Draft } from '../world/draft.js';
import { aroundOf, SILENT_ALIKE, whyNotConnected } from './connecting.js';
import { forgedAddress, whyHosts, whyNoAddress } from './naming.js';
import { whyProxyFailed } from './proxied.js';
import { whySpokenInVain } from './speaking.js';
import { explain, together, type Explanation, type Truth } from './truth.js';

const works: Explanation = explain('reachable', 'the client had what it asked for');

const leftAtAll = ({ tried }: Observation): boolean => tried.some(({ fate }) => fate.left);

/** Who sent a reset that only the command has met, nobody asked the hunt's client. */
const RESETS = ['reset-injected', 'rejected-by-hop', 'nothing-listening', 'server-firewall'];
const BY_CHANCE = ['packet-loss', 'momentary-glitch', 'reachable'] as const;

export function truthOf(draft: Draft, seen: Observation): Truth {
  const told = withoutLoss(draft, seen);
  // Which kind of rule of this device stops a user's packets only root can read.
  const ofDevice = told.primary === 'app-policy' || (told.primary === 'connection-redirected' && !leftAtAll(seen));
  const truth: Truth =
    draft.as === 'user' && ofDevice
      ? {
          ...told,
          alike: [
            ...told.alike,
            'local-firewall',
            ...(told.primary === 'app-policy' ? [] : ['nothing-listening', 'server-firewall']),
          ],
        }
      : told;
  const lost = seen.lossy.reduce((sum, { packets }) => sum + packets, 0);
  if (lost === 0) return byChance(truth, seen);
  // Chance decides which packets are hit: it may work at once, late, or not at all, and differently each time.
  return {
    primary: 'packet-loss',
    right: BY_CHANCE.map((cause) => ({ cause })),
    alike: [],
    happened: [`${lost} packets were lost by chance`, ...truth.happened],
    outcomes: ['reachable', 'degraded', 'failed'],
  };
}

/**
 * Of two ways side by side one may be dead or closed: then chance decides what a connection meets, and the hunt's client and
 * the command may have met different things. What either met is true, and of no more than its own connections.
 */
function byChance(truth: Truth, seen: Observation): Truth {
  const fared = seen.steadiness.perAddress.map((own) => {
    const client = seen.tried.find(({ tried }) => tried.address === own.address)?.tried;
    const inVain = own.silent + own.turnedAway;
    return {
      mixed: own.answered > 0 && inVain > 0,
      luckier: own.opened > 0 && client !== undefined && client.connect !== 'ok',
      unluckier: own.answered === 0 && inVain > 0 && client?.connect === 'ok',
      wasReset: own.answered > own.opened && client?.connect === 'ok',
      own,
    };
  });
  // No rule that looks at nobody's words lets a connection be made and swallows what is said on it, on one way.
  const cutOff = truth.primary === 'dropped-on-path' && seen.tried.some(({ tried }) => tried.connect === 'ok');
  const unlike = fared.filter((one) => one.mixed || one.luckier || one.unluckier || one.wasReset);
  if (unlike.length === 0 && !cutOff) return truth;
  const broken = unlike.filter(({ unluckier }) => unluckier).map(({ own }) => own);
  const opened = fared.some(({ own }) => own.opened > 0);
  return {
    ...truth,
    right: [
      ...truth.right,
      ...BY_CHANCE.filter((cause) => cause !== 'reachable' || opened).map((cause) => ({ cause })),
    ],
    alike: [
      ...truth.alike,
      ...(unlike.some(({ wasReset }) => wasReset) ? RESETS : []),
      ...broken.flatMap(({ address, silent, turnedAway }) => [
        `ipv${address.includes(':') ? 6 : 4}-broken`,
        ...(turnedAway > 0 ? ['unreachable-by-hop', 'rejected-by-hop'] : []),
        ...(silent > 0 ? SILENT_ALIKE : []),
      ]),
    ],
    happened: [
      ...truth.happened,
      ...fared.map(
        ({ own }) =>
          `of the command's own attempts at ${own.address} ${own.opened} opened, ${own.answered} were answered, ${own.turnedAway} turned away, ${own.silent} silent`,
      ),
    ],
    outcomes: ['reachable', 'degraded', 'failed'],
  };
}

function withoutLoss(draft: Draft, seen: Observation): Truth {
  const { network, aim } = draft;
  const nameless = whyNoAddress(draft, seen);
  const hosts = whyHosts(draft, seen);
  if (nameless) return { ...(hosts ?? nameless), outcomes: ['failed'] };
  const around = aroundOf(seen, network, aim.port);
  const whyOf = (one: TriedAndSeen): Explanation | null => {
    const throughProxy = one.tried.port !== aim.port || one.tried.proxy !== undefined;
    const proxied = throughProxy ? whyProxyFailed(one, seen, network, around) : null;
    if (proxied) return proxied;
    if (one.tried.connect === 'ok') return whySpokenInVain(one, aim, seen, network);
    return whyNotConnected(one, seen, network, around);
  };
  const each = seen.tried.map((one) => ({ one, why: whyOf(one) }));
  const failed = each.flatMap(({ why }) => (why === null ? [] : [why]));
  const forged = forgedAddress(draft, seen, () => failed);
  if (forged) return { ...forged, outcomes: ['failed', 'degraded', 'reachable'] };
  if (failed.length === 0) return { ...works, outcomes: ['reachable'] };
  if (failed.every(({ primary }) => primary === 'reachable'))
    return { ...together(failed), outcomes: ['reachable', 'failed'] };
  if (failed.length === each.length) {
    const all = together(failed);
    return hosts
      ? { ...hosts, alike: [], happened: [...hosts.happened, ...all.happened], outcomes: ['failed'] }
      : { ...all, outcomes: ['failed'] };
  }
  return partly(each, failed);
}

/** One family works, the other does not: a browser gets through, with a delay. */
function partly(
  each: readonly { one: Observation['tried'][number]; why: Explanation | null }[],
  failed: readonly Explanation[],
): Truth {
  const broken = each.filter(({ why }) => why !== null).map(({ one }) => one);
  const six = broken.every(({ tried }) => tried.address.includes(':'));
  const primary = six ? 'ipv6-broken' : 'ipv4-broken';
  const underlying = together(failed);
  // Nobody waits for the silence of one family while the other works.
  const quiet = broken.every(({ tried }) => tried.connect === 'timed-out' || tried.ms > 300);
  return {
    primary,
    right: [{ cause: primary }, { cause: 'listens-on-other-family' }, ...(quiet ? [{ cause: 'reachable' }] : [])],
    alike: [],
    happened: underlying.happened,
    outcomes: quiet ? ['degraded', 'reachable'] : ['degraded'],
  };
}

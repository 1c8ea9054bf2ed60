import type { Cause, Evidence, Finding } from '../../model/cause.js';
import { fact, type Facts, type ReferenceTry } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { inPrefix, scopeOf } from '../../model/address.js';
import type { Attempt, FailedAttempt } from '../../model/attempt.js';
import type { Scene } from '../../model/cause.js';
import {
  answeringPorts,
  answerVanishedHere,
  controlsOf,
  isOnLink,
  isOwnAddress,
  neverLeft,
  sendersOf,
  seriesOf,
  triesOf,
} from '../evidence/connection-evidence.js';
import { perResolver, questionCounts } from '../evidence/question-counts.js';
import { gatewayAnswers, outsideAnswers, outsideOf } from '../evidence/reference-evidence.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';
import { swallowedHere } from '../evidence/swallowed-here.js';
import { placeOf } from './hop-place.js';
import { classOf, icmpOf, isTooFar } from './icmp-words.js';

/** Nothing outside answers, whatever is asked. */
export const cause: Cause = {
  id: 'internet-down',
  side: 'path',
  stage: 'connect',
  title: 'Nothing outside this network answers',
  symptoms: [
    ...symptoms('connect', 'timed-out', 'host-unreachable', 'network-unreachable'),
    ...symptoms('tls', 'timed-out'),
    ...symptoms('http', 'timed-out'),
    ...symptoms('service', 'timed-out'),
    ...symptoms('exchange', 'timed-out', 'host-unreachable', 'network-unreachable', 'server-failure'),
    ...symptoms('resolve', 'temporary-failure', 'timed-out', 'failed'),
  ],
  needs: ['references', 'device.routes', 'device.neighbours', 'path', 'router'],
  yieldsTo: [
    'nat-loopback-missing',
    'address-conflict',
    'captive-portal',
    'gateway-unreachable',
    'no-route',
    'network-down',
    'local-firewall',
    'vpn-blocks',
    'no-dns-configured',
  ],
  judge(attempt, scene) {
    const outside = outsideAnswers(scene);
    const made = connectionWasMade(attempt, scene, outside);
    if (made !== null) return made;
    if (outside === true) return { says: 'ruledOut', because: 'other servers answer', facts: ['references'] };
    if (answerVanishedHere(attempt, scene)) {
      return { says: 'ruledOut', because: 'its answer reached this computer', facts: ['kernel.trace'] };
    }
    const tries = triesOf(attempt, scene);
    if (attempt.stage === 'connect' && neverLeft(tries))
      return { says: 'ruledOut', because: 'the packet never left this computer', facts: ['connect'] };
    // A resolver of this very network may only pass questions on, and be silent for what lies behind it.
    const passesNothingOn = attempt.stage === 'connect' || scopeOf(attempt.address ?? '') === 'public';
    if (passesNothingOn && isOnLink(attempt, scene) === true)
      return { says: 'ruledOut', because: 'the target is in this network', facts: ['device.routes'] };
    if (attempt.address !== null && scopeOf(attempt.address) === 'loopback')
      return { says: 'ruledOut', because: 'the target is on this computer', facts: [] };
    if (answeringPorts(attempt, scene).length > 0)
      return { says: 'ruledOut', because: 'the same server answers on another port', facts: ['connect.ports'] };
    if (somebodyUnknownSpoke(attempt, scene))
      return { says: 'unknown', missing: [], because: 'somebody answered, and this platform does not show who' };
    const spoke = spokeUp(attempt, scene);
    if (spoke !== null) return { says: 'ruledOut', because: spoke, facts: ['connect', 'device.routes'] };
    if (outside === undefined) return { says: 'unknown', missing: ['references', 'device.routes'] };
    const asked = outsideOf(scene.facts) ?? [];
    if (asked.length < 2) return { says: 'unknown', missing: [], because: 'too few references were asked' };
    const eaten = swallowedHere(attempt, scene);
    if (eaten) return { says: 'unknown', missing: [], because: eaten.because };
    const here = neverAsked(scene.facts, asked);
    if (here !== null) return { says: 'unknown', missing: [], because: here };
    const tired = tooFar(attempt, scene);
    if (tired !== null)
      return {
        says: 'unknown',
        missing: [],
        because: `${tired} says that packets passed too many routers, which is no dead line`,
      };
    const lossy = answeredNowAndThen(scene.facts);
    if (lossy !== null)
      return {
        says: 'unknown',
        missing: [],
        because: `${lossy} answers now and then: where so much gets lost, that others were silent shows nothing`,
      };
    const gateway = gatewayAnswers(scene, attempt.address);
    const via = fact(scene.facts, 'device.routes')?.defaults[0]?.via ?? null;
    const last = lastOutside(attempt, scene);
    if (last !== null) {
      return {
        says: 'fits',
        // The line is up at least as far as there: that nothing answers may be more than one fault, or another one.
        weight: 0.25,
        culprit: { kind: 'hop', address: last, name: `behind ${last}` },
        summary: `Nothing behind ${last} answers: the fault may lie with the provider.`,
        advice: 'ask your provider whether there is a fault',
        evidence: [
          { fact: 'references', says: `${asked.length} other servers were asked, and none answered` },
          { fact: scene.facts.path ? 'path' : 'references', says: `${last} does answer` },
        ],
        missing: notYetAsked(scene, 'device.swallowed'),
      };
    }
    const word = routersWord(scene);
    const alone = onlyHere(asked, scene);
    return {
      says: 'fits',
      weight: word ? 0.9 : 0.8,
      // A connection was made before: that the line has died since is what is left, and was not seen twice.
      ...(['tls', 'http', 'service'].includes(attempt.stage) ? { atMost: 'likely' as const } : {}),
      culprit: { kind: 'hop', ...(via ? { address: via } : {}), name: via ? `behind ${via}` : 'outside this network' },
      summary:
        word?.summary ??
        (gateway !== true
          ? 'Nothing outside this network answers: the internet connection is down.'
          : alone === null
            ? 'Your router answers, but nothing behind it does: the internet connection is down.'
            : alone.summary),
      advice: word?.advice ?? (gateway === true && alone ? alone.advice : restart),
      evidence: [
        { fact: 'references', says: `${asked.length} other servers were asked, and none answered` },
        ...(word
          ? [{ fact: 'router' as const, says: word.says }]
          : gateway === true
            ? [{ fact: 'references' as const, says: 'your router itself answers' }]
            : []),
        ...(word === null && alone?.says ? [alone.says] : []),
      ],
      // How far the way still leads: what ends behind a router of the provider is not simply a dead line.
      missing: [
        ...(attempt.outcome.code === 'timed-out' && attempt.stage === 'connect' ? notYetAsked(scene, 'path') : []),
        ...notYetAsked(scene, 'device.swallowed'),
      ],
    };
  },
};

/** So many connections that nobody answered, where the first one was. */
const enoughLater = 4;

/**
 * A line that has carried a connection is up, unless it has died since: then no other connection to the same port is answered
 * any more, nor anybody else outside.
 */
function connectionWasMade(attempt: FailedAttempt, scene: Scene, outside: boolean | undefined): Finding | null {
  if (attempt.stage !== 'tls' && attempt.stage !== 'http' && attempt.stage !== 'service') return null;
  const series = seriesOf(attempt, scene);
  const died = outside === false && series !== undefined && series.answered === 0 && series.sent >= enoughLater;
  return died ? null : { says: 'ruledOut', because: 'it has carried the connection itself', facts: ['connect'] };
}

const restart = 'restart the router; if nothing changes, ask your provider whether there is a fault';

/**
 * Silence behind a router that answers is a dead line, or a router that lets nothing of this very computer out (a parental
 * control, a list of devices): from this computer both look the same. Null where somebody said that there is no way on,
 * which he says of a line.
 */
function onlyHere(
  asked: readonly ReferenceTry[],
  { facts }: Scene,
): { readonly summary: string; readonly advice: string; readonly says: Evidence | null } | null {
  if (asked.some(({ failure }) => failure?.from !== undefined)) return null;
  const foreign = foreignSender(facts);
  if (foreign !== null)
    return {
      summary: `Your router answers, but nothing behind it answers what this computer sends as ${foreign.source}, which is no address of that network: answers to it may find no way back, or the internet connection is down.`,
      advice: `see whether it works with its other address: curl --interface ${foreign.usual} …; then take "src" out of the route (${foreign.line})`,
      says: {
        fact: 'device.routes',
        says: `what goes there bears ${foreign.source} as its sender, and this computer has ${foreign.usual} in the network of its router`,
      },
    };
  const router = fact(facts, 'router');
  const connected = router?.connection && /^Connected$/i.test(router.connection.status) ? router.address : null;
  return {
    summary:
      connected === null
        ? 'Your router answers, but nothing behind it answers this computer: the internet connection is down, or the router lets nothing of this computer out.'
        : 'Your router says that it is connected, but nothing behind it answers this computer: the router lets nothing of it out, or the line is dead all the same.',
    advice:
      'see whether another device gets out by the same router: if it does, look in the settings of the router for a block of this computer; if not, restart it, and ask your provider if nothing changes',
    says:
      connected === null
        ? null
        : { fact: 'router', says: `your router (${connected}) says of its connection: Connected` },
  };
}

/** The default route has packets bear an address that is not of the router's network, while this device has one there too. */
function foreignSender(
  facts: Facts,
): { readonly source: string; readonly usual: string; readonly line: string } | null {
  const all = (fact(facts, 'device.interfaces') ?? []).flatMap(({ addresses }) => addresses);
  for (const { via, source, line } of fact(facts, 'device.routes')?.choices ?? []) {
    // A router of IPv6 is known by its link-local address, whatever the network's own are.
    if (via === null || source === null || line === null || scopeOf(via) === 'link-local') continue;
    const near = all.filter(({ address, prefix }) => inPrefix(via, `${address}/${prefix}`));
    const [usual] = near;
    if (usual && !near.some(({ address, prefix }) => inPrefix(source, `${address}/${prefix}`)))
      return { source, usual: usual.address, line };
  }
  return null;
}

/** Why the silence of the others says nothing of the line: this computer sent them nothing, or sent it elsewhere. */
function neverAsked(facts: Facts, asked: readonly ReferenceTry[]): string | null {
  const gateways = (fact(facts, 'references') ?? []).filter(({ kind }) => kind === 'gateway');
  if (gateways.length > 0 && gateways.every(({ failure }) => failure?.code === 'no-local-address'))
    return 'this computer found no free local port (or address) to ask others from';
  const led = fact(facts, 'kernel.trace')?.flows.find(
    ({ protocol, port, redirectedBy }) => protocol === 'udp' && port === 53 && redirectedBy !== undefined,
  );
  // Nobody was asked but for names, or by a name.
  const byNames = asked.every(({ kind, address, port }) => kind === 'resolver' || port === 53 || address === null);
  return led && byNames
    ? 'a rule of this computer leads all questions for names elsewhere, and nothing else was asked'
    : null;
}

/** Who says that this connection, or what was sent to references, passed too many routers ("time exceeded", RFC 792, 4443). */
function tooFar(attempt: Attempt, scene: Scene): string | null {
  const { hops } = sendersOf(triesOf(attempt, scene));
  const told = [
    ...hops,
    ...(attempt.outcome === 'ok' ? [] : [icmpOf(attempt.outcome)]),
    ...(outsideOf(scene.facts) ?? []).map(({ failure }) => (failure ? icmpOf(failure) : null)),
  ].find((icmp) => icmp !== null && isTooFar(icmp, icmp.from));
  return told?.from ?? null;
}

/** One outside this network that answered some of what it was asked in a row: a line that is down lets none through. */
function answeredNowAndThen(facts: Facts): string | null {
  const rows = [...perResolver(questionCounts(facts)), ...(fact(facts, 'connect.series') ?? [])];
  const one = rows.find(
    ({ address, sent, answered }) => scopeOf(address) === 'public' && sent >= 4 && answered > 0 && answered < sent,
  );
  return one?.address ?? null;
}

/** What the router itself says of its connection to the outside, where that is not well (WANIPConnection:1, 2.2.3). */
function routersWord({ facts }: Scene): { summary: string; advice: string; says: string } | null {
  const router = fact(facts, 'router');
  if (router?.outsideEnabled === false)
    return {
      summary: 'Your router lets nobody out: its connection to the internet is switched off in its own settings.',
      advice: 'switch the internet connection on in the settings of the router',
      says: `your router (${router.address}) says that its connection is not enabled for the internet`,
    };
  const state = router?.connection;
  if (
    !router ||
    !state ||
    !/^(?:Disconnected|Unconfigured|Connecting|PendingDisconnect|Disconnecting)$/i.test(state.status)
  )
    return null;
  const error = state.error === undefined || /^ERROR_NONE$/i.test(state.error) ? '' : `, ${state.error}`;
  return {
    summary: 'Your router is not connected to the internet, as it says itself.',
    advice:
      'look at the cable or the line at the router and restart it; if nothing changes, ask your provider whether there is a fault',
    says: `your router (${router.address}) says of its connection: ${state.status}${error}`,
  };
}

/** An error or a refusal of whose sender nothing is known: this device, a router or the server itself. */
function somebodyUnknownSpoke(attempt: Attempt, scene: Scene): boolean {
  const tries = [...triesOf(attempt, scene), ...(controlsOf(attempt, scene)?.ports ?? [])];
  return tries.some(({ failure, icmp }) => icmp === null && failure !== undefined && failure.code !== 'timed-out');
}

/**
 * Who spoke up about this very connection, and by that shows that the line is not what ended it: the target, a router
 * that forbids it, or one outside this network that knows no way on.
 */
function spokeUp(attempt: Attempt, scene: Scene): string | null {
  const told = attempt.stage === 'name' && attempt.outcome !== 'ok' ? icmpOf(attempt.outcome) : null;
  if (told && !isOwnAddress(told.from, scene) && classOf(told, attempt.address ?? '') === 'prohibition')
    return `${told.from} forbids it, which is no fault of the line`;
  const { target, hops } = sendersOf(triesOf(attempt, scene));
  if (target.length > 0) return 'the target itself answered';
  const forbids = hops.find((icmp) => classOf(icmp, attempt.address ?? '') === 'prohibition');
  if (forbids) return `${forbids.from} forbids it, which is no fault of the line`;
  if (fact(scene.facts, 'device.routes') === undefined) return null;
  const outside = hops.find((icmp) => placeOf(icmp.from, scene).side === 'path');
  return outside ? `${outside.from}, outside this network, answered` : null;
}

/**
 * The farthest router that shows the line to be alive: outside this network on the way to the target, or one that turned a
 * reference away in words while the target meets silence, which a dead line would not tell apart.
 */
function lastOutside(attempt: Attempt, scene: Scene): string | null {
  if (fact(scene.facts, 'device.routes') === undefined) return null;
  const way = fact(scene.facts, 'path')?.find((one) => one.address === attempt.address && one.port === attempt.port);
  const far = way?.hops.findLast(
    (hop) => hop.address !== null && hop.ttl > 1 && placeOf(hop.address, scene).side === 'path',
  );
  if (far?.address) return far.address;
  const silent = attempt.outcome !== 'ok' && attempt.outcome.code === 'timed-out';
  const told = outsideOf(scene.facts)
    ?.flatMap((one) => one.failure?.from ?? [])
    .filter((from) => !isOwnAddress(from, scene));
  return told?.find((from) => silent || placeOf(from, scene).side === 'path') ?? null;
}

import { scopeOf } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Evidence, Finding, Scene } from '../../model/cause.js';
import { fact, type FactKey, type Facts } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { type AcceptedNear, acceptedNear, nearestOf } from '../evidence/near-evidence.js';
import { handshakeDone, handshakesOf } from '../evidence/tls-evidence.js';
import { placeOf } from './hop-place.js';

/**
 * Somebody on the way accepts the connections to a port, whoever they are for: a transparent proxy, a filter, an
 * accelerator. Shown by opening packets that cannot get farther than him, while other ports' packets of the same kind are
 * turned back there. Where he does so for everybody and others are answered through him, he stops nothing by himself, and
 * is told beside the cause; but whatever is said on such a connection may be his word.
 */
export const cause: Cause = {
  id: 'transparent-proxy',
  side: 'path',
  stage: 'connect',
  title: 'Somebody on the way accepts connections in place of the servers',
  symptoms: [
    ...symptoms('tls', 'not-tls', 'closed', 'reset', 'timed-out'),
    ...symptoms('http', 'not-http', 'closed', 'reset', 'timed-out', 'bad-gateway', 'gateway-timeout', 'not-upgraded'),
    ...symptoms('service', 'other-service', 'http-expected', 'closed', 'reset', 'timed-out'),
  ],
  needs: ['connect.near', 'connect.localEnd', 'references', 'tls.references', 'device.routes'],
  yieldsTo: ['captive-portal'],
  judge,
  alsoWhenFailed: true,
  besideNeeds: needsOf,
  beside(scene) {
    const found = acceptedNear(scene);
    if (!found || found.alike.length === 0) return null;
    const { port, hopLimit, at } = found;
    if (hopLimit === 1 && endsHere(scene) !== false) return null;
    const place = placeOf(at, scene);
    const via = viaOf(scene.facts);
    const evidence: Evidence[] = [
      ...evidenceOf(found),
      ...(via === undefined
        ? []
        : [{ fact: 'http' as const, says: `the answer says itself that it came through ${via}` }]),
    ];
    return {
      says: 'proven',
      side: place.side,
      culprit: { kind: 'proxy', address: at, name: `at ${place.name}` },
      summary: `${place.name.charAt(0).toUpperCase()}${place.name.slice(1)}, or something right beside it, accepts connections to port ${port} in place of the servers (a transparent proxy): what comes back may be its word.`,
      advice: `https or a VPN gets past it; ask whoever runs ${place.side === 'local-network' ? 'that router' : 'this network'}`,
      evidence,
    };
  },
};

/** What failed on a connection that he had accepted: it ended at him, and the server may never have heard of it. */
function judge(attempt: FailedAttempt, scene: Scene): Finding {
  if (attempt.address !== null && scopeOf(attempt.address) !== 'public')
    return { says: 'ruledOut', because: 'it is no address of the internet', facts: ['connect'] };
  if (attempt.stage === 'http' && handshakesOf(attempt, scene).some((one) => handshakeDone(one)))
    return { says: 'ruledOut', because: 'what came is encrypted, and not his word', facts: ['tls'] };
  const near = fact(scene.facts, 'connect.near');
  if (scene.facts['connect.near'] === undefined) return { says: 'unknown', missing: ['connect.near'] };
  if (near?.address !== attempt.address || near.port !== attempt.port)
    return { says: 'unknown', missing: [], because: 'who accepts this connection was not measured' };
  const found = acceptedNear(scene);
  if (!found) {
    const nobody = nearestOf(near.tries) === undefined;
    const itself = !near.tries.some(({ as, expiredFrom }) => as === 'control' && expiredFrom !== undefined);
    return nobody || itself
      ? { says: 'ruledOut', because: 'nobody nearer than the server accepts it', facts: ['connect.near'] }
      : { says: 'unknown', missing: [], because: 'now and then somebody nearer than the server accepts it' };
  }
  if (!found.onCommonWay)
    return { says: 'unknown', missing: [], because: "who accepts it may as well be the server's own front" };
  const missing = needsOf(scene.facts).filter((key) => scene.facts[key] === undefined);
  if (missing.length > 0) return { says: 'unknown', missing };
  if (found.hopLimit === 1 && endsHere(scene) !== false)
    return { says: 'unknown', missing: [], because: 'it may be accepted by this computer itself' };
  return found.alike.length === 0 ? forThisAlone(attempt, scene, found) : forEverybody(attempt, scene, found);
}

function forThisAlone(attempt: FailedAttempt, scene: Scene, found: AcceptedNear): Finding {
  return {
    ...heldBy(attempt, scene, found),
    evidence: [
      ...evidenceOf(found),
      { fact: 'connect.near', says: 'what goes to other hosts comes by there too, and is not accepted there' },
    ],
  };
}

/** Where others are answered through him, what fails is more likely behind him. */
function forEverybody(attempt: FailedAttempt, scene: Scene, found: AcceptedNear): Finding {
  if (isGatewayWord(attempt)) return saidToEverybody(attempt, scene, found);
  if (attempt.stage !== 'tls')
    return { says: 'unknown', missing: [], because: 'it is not known whether others are answered through him' };
  if (scene.facts['tls.references'] === undefined) return { says: 'unknown', missing: ['tls.references'] };
  const others = fact(scene.facts, 'tls.references')?.filter(({ port }) => port === attempt.port) ?? [];
  const alike = others.filter((one) => one.failure?.code === attempt.outcome.code);
  if (others.length === 0 || alike.length < others.length)
    return { says: 'unknown', missing: [], because: 'others are answered through him, or were not asked' };
  return {
    ...heldBy(attempt, scene, found),
    evidence: [
      ...evidenceOf(found),
      {
        fact: 'tls.references',
        says: `${alike.map(({ name }) => name).join(' and ')} ended just so: ${alike[0]?.failure?.raw ?? ''}`,
      },
    ],
  };
}

/** 502 and 504: whoever writes them stands between, and says that he gets no answer (RFC 9110 15.6.3, 15.6.5). */
function isGatewayWord({ stage, outcome }: FailedAttempt): boolean {
  return stage === 'http' && (outcome.code === 'bad-gateway' || outcome.code === 'gateway-timeout');
}

/** He stands between for all: that none of them can be reached by him is no fault of theirs. */
function saidToEverybody(attempt: FailedAttempt, scene: Scene, found: AcceptedNear): Finding {
  if (scene.facts.references === undefined) return { says: 'unknown', missing: ['references'] };
  const asked = (fact(scene.facts, 'references') ?? []).filter(
    ({ kind, port }) => kind === 'portal' && port === found.port,
  );
  const alike = asked.filter(({ ok, status }) => !ok && status !== undefined && gatewayStatuses.has(status));
  if (alike.length === 0 || asked.some(({ ok }) => ok))
    return {
      says: 'unknown',
      missing: [],
      because: 'whether he says so of himself or passes it on from the server is not told',
    };
  return {
    ...heldBy(attempt, scene, found),
    evidence: [
      ...evidenceOf(found),
      {
        fact: 'references',
        says: `${alike.map(({ name }) => name).join(' and ')}, which has nothing to do with it, is answered with ${alike[0]?.status} as well`,
      },
    ],
  };
}

const gatewayStatuses: ReadonlySet<number> = new Set([502, 504]);

const doing: Readonly<Record<string, string>> = {
  reset: 'resets it',
  closed: 'closes it',
  'timed-out': 'then says nothing',
  'bad-gateway': 'says itself that it gets no proper answer (502)',
  'gateway-timeout': 'says itself that it gets no answer in time (504)',
};

function heldBy(attempt: FailedAttempt, scene: Scene, { at, port }: AcceptedNear) {
  const place = placeOf(at, scene);
  const name = `${place.name.charAt(0).toUpperCase()}${place.name.slice(1)}`;
  return {
    says: 'fits',
    weight: 0.9,
    // He may only pass on what a server behind him does.
    atMost: 'likely',
    side: place.side,
    stage: attempt.stage,
    culprit: { kind: 'proxy', address: at, name: `at ${place.name}` },
    summary: `${name}, or something right beside it, accepts the connection to port ${port} of ${attempt.host} in the server's place, and ${doing[attempt.outcome.code] ?? 'answers with something else than the server would'}.`,
    advice: `another network or a VPN avoids it; ask whoever runs ${place.side === 'local-network' ? 'that router' : 'this network'}`,
  } as const;
}

function evidenceOf({ address, port, hopLimit, at, alike }: AcceptedNear): Evidence[] {
  return [
    {
      fact: 'connect.near',
      says: `connections to port ${port} of ${address} are accepted although their first packet goes only ${hopLimit} hop${hopLimit === 1 ? '' : 's'} far; packets to its other ports are turned back there, by ${at}`,
    },
    ...(alike.length === 0
      ? []
      : [
          {
            fact: 'connect.near' as const,
            says: `the same at ${alike.join(' and ')}, which has nothing to do with it`,
          },
        ]),
  ];
}

/** Failures of a connection that was open, and answers that may be a proxy's own. */
const doubtful: ReadonlySet<string> = new Set([
  'closed', 'reset', 'timed-out', 'not-tls', 'self-signed', 'untrusted-root', 'forbidden', 'legal-block', 'bad-gateway',
  'unavailable', 'gateway-timeout', 'not-http', 'not-upgraded',
]); // prettier-ignore

function needsOf(facts: Facts): readonly FactKey[] {
  const tries = [...(fact(facts, 'tls') ?? []), ...(fact(facts, 'http') ?? [])];
  const [one] = tries;
  if (!one || scopeOf(one.address) !== 'public') return [];
  const failed = tries.some(({ failure }) => failure && doubtful.has(failure.code));
  if (!failed && viaOf(facts) === undefined) return [];
  const wanted: FactKey[] = ['connect.near'];
  const nearest = nearestOf(fact(facts, 'connect.near')?.tries ?? []);
  return nearest === 1
    ? [...wanted, 'connect.localEnd', 'device.routes']
    : nearest
      ? [...wanted, 'device.routes']
      : wanted;
}

/** Of a page that came unencrypted: one that came encrypted bears the word of the site's own servers. */
function viaOf(facts: Facts): string | undefined {
  if (facts.target.transport !== 'plain') return undefined;
  return fact(facts, 'http')?.find(({ headers }) => headers['via'] !== undefined)?.headers['via'];
}

/** Whether the connection ends at a program of this very device; undefined where that was not looked at. */
function endsHere({ facts }: Scene): boolean | undefined {
  const ends = fact(facts, 'connect.localEnd');
  return ends === undefined ? undefined : ends.some(({ end }) => end !== null);
}

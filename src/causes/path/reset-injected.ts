import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Finding, Scene } from '../../model/cause.js';
import { fact, type FactKey } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import {
  answeredBefore,
  dependsOn,
  interferenceOf,
  lastingFailure,
  livesWithoutResets,
  neverSent,
} from '../evidence/interference-evidence.js';
import { filterPlace } from './filter-place.js';
import { isOnLink, openPorts, refusedByReset, resetOf, routeOf, triesOf } from '../evidence/connection-evidence.js';
import { ecnOf, ecnUntold, refusesEcn } from '../evidence/ecn-evidence.js';
import { oddHeads } from '../evidence/reset-heads.js';
import { passedNoRouter, startValues } from '../evidence/start-values.js';
import { refusalPlace } from '../evidence/wire-evidence.js';
import { tooSoon } from './reset-timing.js';

const avoidIt = 'another network or a VPN avoids it; ask whoever runs this network';

/** Somebody between answers with a reset in the server's name: it comes from another distance than the server's own answers. */
export const cause: Cause = {
  id: 'reset-injected',
  side: 'path',
  stage: 'connect',
  title: "Somebody on the way refuses the connection in the server's name",
  symptoms: [...symptoms('connect', 'refused', 'reset'), ...symptoms('tls', 'reset'), ...symptoms('http', 'reset')],
  needs: ['connect.forged', 'connect.reset', 'connect.ports', 'device.routes', 'interference'],
  yieldsTo: ['nat-loopback-missing', 'captive-portal', 'sni-filtered', 'http-filtered'],
  judge(attempt, scene) {
    if (attempt.stage !== 'connect') return withinConnection(attempt, scene);
    const tries = triesOf(attempt, scene);
    if (refusedByReset(tries) === false) return { says: 'ruledOut', because: 'it was no reset', facts: ['connect'] };
    if (isOnLink(attempt, scene) === true)
      return {
        says: 'ruledOut',
        because: 'there is nobody between this computer and the target',
        facts: ['device.routes'],
      };
    const place = refusalPlace(attempt, scene);
    if (place === 'here' || place === 'led-here')
      return { says: 'ruledOut', because: 'this computer itself refuses', facts: ['connect.wire'] };
    const opens = opensWithoutResets(attempt, scene);
    if (opens) return opens;
    const ecn = ecnOf(attempt, scene);
    if (ecn === 'refused')
      return {
        says: 'fits',
        weight: 0.7,
        culprit: { kind: 'hop', name: 'somebody on the way' },
        ...refusesEcn(attempt, scene),
      };
    // As root it can be tried whether the connection opens all the same.
    const root = fact(scene.facts, 'device.self')?.root === true;
    const more = root && scene.facts['connect.forged'] === undefined ? (['connect.forged'] as const) : [];
    const reset = resetOf(attempt, scene);
    if (!reset)
      return {
        says: 'unknown',
        missing: [...(scene.facts['connect.reset'] === undefined ? (['connect.reset'] as const) : []), ...more],
        because: 'the distance of the refusal is not known',
      };
    const { resetTtl, hostTtl, refusedAtTtl1, fartherPort } = reset;
    if (refusedAtTtl1 === true && place !== 'out')
      return { says: 'ruledOut', because: 'this computer itself refuses', facts: ['connect.reset'] };
    if (hostTtl === null && fartherPort === undefined && passedNoRouter(reset))
      return fromTheLink(attempt, scene, more);
    if (resetTtl === null || (hostTtl === null && fartherPort === undefined))
      return {
        says: 'unknown',
        missing: more,
        because: ecn === 'untold' ? ecnUntold : 'no open port of the server to compare the distance with',
      };
    const soon = tooSoon(attempt, scene);
    if (resetTtl === hostTtl && soon) {
      // Its hop limit is right, and its time is not. Two ways of different length to one host would look alike.
      return {
        says: 'fits',
        weight: 0.6,
        atMost: 'likely',
        missing: more,
        culprit: { kind: 'hop', name: 'somebody on the way' },
        summary: `Something on the way seems to refuse the connection in the server's name.`,
        advice: avoidIt,
        evidence: [soon],
      };
    }
    if (resetTtl === hostTtl) {
      // Whoever forges a reset can forge its hop limit too; that it matches is no proof.
      const because = ecn === 'untold' ? ecnUntold : 'the refusal came from the same distance as the server';
      return { says: 'unknown', missing: more, because };
    }
    const start = startValues.find((value) => value >= resetTtl) ?? 255;
    const hops = start - resetTtl + 1;
    const first =
      hops === 1
        ? (routeOf(attempt, scene)?.via ?? fact(scene.facts, 'device.routes')?.defaults[0]?.via ?? null)
        : null;
    return {
      says: 'fits',
      weight: 0.8,
      missing: more,
      side: first === null ? 'path' : 'local-network',
      culprit:
        first === null
          ? { kind: 'hop', name: `the router ${hops} hops away` }
          : { kind: 'hop', name: 'your router', address: first },
      summary:
        first === null
          ? "Something on the way refuses the connection in the server's name."
          : `Your router (${first}) refuses the connection in the server's name.`,
      advice:
        first === null
          ? avoidIt
          : 'look in the settings of that router for a block of this port or address (firewall, child protection); if it is not yours, ask whoever runs it',
      evidence: [
        {
          fact: 'connect.reset',
          says:
            hostTtl === null
              ? `the refusal arrived with a hop limit of ${resetTtl}, that of its closed port ${fartherPort ?? 0} with less: it comes from farther away`
              : `the refusal arrived with a hop limit of ${resetTtl}, what the server itself sends with ${hostTtl}`,
        },
        ...(hostTtl === null
          ? []
          : [
              {
                fact: 'connect.ports' as const,
                says: `compared with its port ${openPorts(attempt, scene).join(' and ')}, which is open`,
              },
            ]),
        ...(soon ? [soon] : []),
      ],
    };
  },
};

/** Nothing of the server answers, so that its distance is not known; and yet the refusal has passed no router. */
function fromTheLink(attempt: FailedAttempt, scene: Scene, missing: readonly FactKey[]): Finding {
  const via = routeOf(attempt, scene)?.via ?? fact(scene.facts, 'device.routes')?.defaults[0]?.via ?? null;
  const who = via === null ? 'Somebody in this network' : `Your router (${via})`;
  return {
    says: 'fits',
    weight: 0.5,
    atMost: 'likely',
    missing,
    side: 'local-network',
    culprit: {
      kind: 'hop',
      name: via === null ? 'somebody in this network' : 'your router',
      ...(via !== null && { address: via }),
    },
    summary: `${who} refuses the connection in the server's name.`,
    evidence: [
      {
        fact: 'connect.reset',
        says: 'the refusal arrived with a hop limit that no router has lowered, and what goes there passes one at least',
      },
    ],
  };
}

/** Each time that resets are thrown away the server's own answer comes after them, and the connection opens. */
function opensWithoutResets(attempt: FailedAttempt, scene: Scene): Finding | null {
  const found = fact(scene.facts, 'connect.forged')?.find(
    (one) => one.address === attempt.address && one.port === attempt.port,
  );
  if (attempt.outcome.code !== 'refused' || !found?.refusedAgain) return null;
  if (found.tries < 2 || found.opened < found.tries) return null;
  const odd = oddHeads(attempt, scene);
  return {
    says: 'proven',
    culprit: { kind: 'hop', name: 'somebody on the way' },
    summary: `Somebody on the way refuses the connection to ${attempt.host} in the server's name; the server itself accepts it.`,
    advice: avoidIt,
    evidence: [
      {
        fact: 'connect.forged',
        says: `when resets are thrown away, the server's own answer comes after them and the connection opens (${found.opened} times of ${found.tries})`,
      },
      ...(odd ? [odd] : []),
    ],
  };
}

/** The connection was open: what ended it was sent by somebody who saw what went over it. */
function withinConnection(attempt: FailedAttempt, scene: Scene): Finding {
  if (isOnLink(attempt, scene) === true)
    return {
      says: 'ruledOut',
      because: 'there is nobody between this computer and the target',
      facts: ['device.routes'],
    };
  const missing = (['interference', 'device.routes'] as const).filter((key) => scene.facts[key] === undefined);
  if (missing.length > 0) return { says: 'unknown', missing };
  const found = interferenceOf(attempt, scene);
  const blocked = found ? lastingFailure(found) : null;
  if (!found || blocked?.ending !== 'reset')
    return { says: 'unknown', missing: [], because: 'where the reset came from was not shown' };
  if (dependsOn(found) !== null)
    return { says: 'unknown', missing: [], because: 'what is asked for decides whether it is reset' };
  if (neverSent(found))
    return { says: 'unknown', missing: [], because: 'what was said had not left this computer when the reset came' };
  const position = answeredBefore(found);
  const lives = livesWithoutResets(found);
  const odd = oddHeads(attempt, scene);
  if (!position && !lives && !odd)
    return { says: 'unknown', missing: [], because: 'nothing shows that the reset came from nearer than the server' };
  const place = filterPlace(position, scene);
  const common = {
    side: place.side,
    stage: attempt.stage,
    culprit: place.culprit,
    summary: `${place.subject} cuts the connection to ${attempt.host} in the server's name.`,
    advice: avoidIt,
    evidence: [
      ...(position
        ? [
            {
              fact: 'interference' as const,
              says: `it is reset even when what is said goes only ${position.hopLimit} hop${position.hopLimit === 1 ? '' : 's'} far, where it cannot reach the server`,
            },
          ]
        : []),
      ...(lives
        ? [{ fact: 'interference' as const, says: 'when resets are thrown away, the server answers all the same' }]
        : []),
      ...(odd ? [odd] : []),
    ],
  };
  // Headers alone prove nothing: a machine before the server answers for it with others too.
  return position?.hopLimit === 1 || (!position && !lives)
    ? { says: 'fits', weight: 0.8, atMost: 'likely', ...common }
    : { says: 'proven', ...common };
}

import { blockPageIn } from '../../data/block-pages.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Evidence, Finding, Scene } from '../../model/cause.js';
import { fact, type Facts } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import type { InterferenceFact, InterferenceTrial } from '../../model/interference.js';
import { isOnLink, losesMuch } from '../evidence/connection-evidence.js';
import { failedAnswer } from '../evidence/http-evidence.js';
import { localEndOf } from '../evidence/interception-evidence.js';
import {
  answeredBefore,
  dependsOn,
  elsewhere,
  interferenceOf,
  lastingFailure,
  livesWithoutResets,
  neverTaken,
  plainTrials,
  type Position,
  severalElsewhere,
  stoppedHere,
  swallowedBefore,
} from '../evidence/interference-evidence.js';
import { handshakesOf, serverAuthenticated } from '../evidence/tls-evidence.js';
import { oddHeads } from '../evidence/reset-heads.js';
import { unlessDangerous } from '../evidence/site-block-right.js';
import { filterPlace } from './filter-place.js';
import { ruledOutAsKept } from '../evidence/kept-back.js';

/**
 * Somebody on the way reads the request, and cuts, swallows or answers it by a page of his own. Told from the server by
 * who wrote the answer: what came back for a request that cannot have reached the server was not written there. Without
 * that, a page that is known as a filter's, or the same page for the same name at a host that has nothing to do with it.
 */
export const cause: Cause = {
  id: 'http-filtered',
  side: 'path',
  stage: 'http',
  title: 'Somebody on the way blocks this page',
  symptoms: symptoms('http', 'closed', 'reset', 'timed-out', 'forbidden', 'legal-block'),
  needs: ['interference', 'connect.localEnd', 'device.routes', 'references'],
  yieldsTo: ['captive-portal'],
  judge(attempt, scene) {
    const kept = ruledOutAsKept(attempt, scene);
    if (kept) return kept;
    const secure = handshakesOf(attempt, scene).length > 0;
    if (secure && serverAuthenticated(attempt, scene))
      return { says: 'ruledOut', because: 'it came encrypted from the site itself', facts: ['tls'] };
    if (secure || attempt.throughProxy)
      return { says: 'unknown', missing: [], because: 'who could read the request was not shown' };
    if (isOnLink(attempt, scene) === true)
      return {
        says: 'ruledOut',
        because: 'there is nobody between this computer and the target',
        facts: ['device.routes'],
      };
    if (localEndOf(attempt, scene))
      return {
        says: 'ruledOut',
        because: 'a program of this computer itself is at the other end',
        facts: ['connect.localEnd'],
      };
    // A page may be a portal's, which catches more than this target: that is asked for.
    const page = attempt.outcome.code === 'forbidden' || attempt.outcome.code === 'legal-block';
    const keys = [
      'interference',
      'connect.localEnd',
      'device.routes',
      ...(page ? (['references'] as const) : []),
    ] as const;
    const missing = keys.filter((key) => scene.facts[key] === undefined);
    const found = interferenceOf(attempt, scene);
    const owner = ownerOf(attempt, scene);
    if (missing.length > 0 && !found && !owner) return { says: 'unknown', missing };
    const blocked = found ? lastingFailure(found) : null;
    if (found && stoppedHere(found))
      return { says: 'ruledOut', because: 'it never left this computer', facts: ['interference'] };
    if (found && blocked) {
      const shown = byExperiment(attempt, scene, found, blocked, owner);
      if (shown) return missing.length > 0 ? { says: 'unknown', missing } : shown;
    }
    if (owner) return bySignature(attempt, owner, missing, scene.facts);
    return { says: 'unknown', missing, because: 'nothing shows that somebody else than the server wrote the answer' };
  },
};

/** The filter whose page came back, as far as it says so itself. */
function ownerOf(attempt: FailedAttempt, scene: Scene): string | undefined {
  const answer = failedAnswer(attempt, scene);
  if (!answer) return undefined;
  const { location, bodyHead: body, headers } = answer;
  return blockPageIn({ location, body, server: headers['server'] }, attempt.host)?.owner;
}

function byExperiment(
  attempt: FailedAttempt,
  scene: Scene,
  found: InterferenceFact,
  blocked: InterferenceTrial,
  owner: string | undefined,
): Finding | null {
  const page = blocked.ending === 'answered';
  const depends = dependsOn(found);
  // What is cut whatever is asked for is another matter: no page is meant.
  if (!page && !depends) return null;
  // By chance it may be silent time after time.
  if (blocked.ending === 'silent' && losesMuch(attempt, scene)) return null;
  const position = answeredBefore(found) ?? swallowedBefore(found);
  const lives = livesWithoutResets(found);
  const alike = elsewhere(found) === 'alike';
  const taken = !neverTaken(found);
  const odd = page ? null : oddHeads(attempt, scene);
  if (!position && !lives && !(alike && depends) && taken && !odd) return null;
  const place = filterPlace(position, scene);
  const what = depends === 'path' ? `the page ${found.host}${pathOf(scene)}` : `the site ${found.host}`;
  const common = {
    side: place.side,
    culprit: { ...place.culprit, ...(owner !== undefined && { owner }) },
    summary: page
      ? `${place.subject} answers in place of ${attempt.host}${owner === undefined ? '' : ` (${owner})`}: ${what} is blocked on the way.`
      : `${place.subject} blocks ${what}${alike ? ', wherever it leads' : ''}.`,
    advice: unlessDangerous(
      attempt.host,
      null,
      scene.facts,
      'another network, a VPN or the same page by https:// may avoid it; ask whoever runs this network',
    ),
    evidence: [...evidenceOf(found, blocked, position, { lives, alike, taken, owner }), ...(odd ? [odd] : [])],
  };
  const portal = fact(scene.facts, 'references')?.some(
    (one) => one.kind === 'portal' && !one.ok && one.status !== undefined,
  );
  if (position?.hopLimit === 1 || portal) return { says: 'fits', weight: 0.85, atMost: 'likely', ...common };
  if (position || lives) return { says: 'proven', ...common };
  if (!(alike && depends)) return { says: 'fits', weight: 0.7, atMost: 'likely', ...common };
  return { says: 'fits', weight: 0.9, ...(severalElsewhere(found) ? {} : { atMost: 'likely' as const }), ...common };
}

function pathOf({ facts }: Scene): string {
  return facts.target.path;
}

const doing: Readonly<Record<string, string>> = {
  reset: 'is reset',
  closed: 'is closed',
  silent: 'stays without an answer',
};

function evidenceOf(
  found: InterferenceFact,
  blocked: InterferenceTrial,
  position: Position | null,
  signs: {
    readonly lives: boolean;
    readonly alike: boolean;
    readonly taken: boolean;
    readonly owner: string | undefined;
  },
): Evidence[] {
  const what = doing[blocked.ending] ?? `gets the same answer (status ${blocked.status ?? '?'})`;
  const depends = dependsOn(found);
  const other = plainTrials(found, depends === 'path' ? 'path' : 'other')[0];
  const says = [
    ...(depends
      ? [
          `at the same address the request for ${found.host} ${what} each time, and ${depends === 'path' ? 'another page of it' : `one for ${other?.name ?? 'another site'}`} is answered otherwise`,
        ]
      : []),
    ...(position && blocked.ending !== 'silent'
      ? [
          `it ${what} even when the request goes only ${position.hopLimit} hop${position.hopLimit === 1 ? '' : 's'} far, where it cannot reach the server`,
        ]
      : []),
    ...(position && blocked.ending === 'silent'
      ? [
          `${position.beyond ?? 'a router on the way'} says each time that the other request came by, and never of this one`,
        ]
      : []),
    ...(signs.taken ? [] : ['not even its system acknowledges what was sent for this one, as it does for the other']),
    ...(signs.lives ? ['when resets are thrown away, the server answers all the same'] : []),
    ...(signs.alike ? ['a host that has nothing to do with it gives the same picture for both names'] : []),
    ...(signs.owner === undefined ? [] : [`the page is one of ${signs.owner}`]),
  ];
  return says.map((one) => ({ fact: 'interference', says: one }));
}

/** Only the page itself tells: whoever wrote it, it may stand at the server's own. */
function bySignature(attempt: FailedAttempt, owner: string, missing: Cause['needs'], facts: Facts): Finding {
  return {
    says: 'fits',
    weight: 0.8,
    atMost: 'likely',
    missing,
    culprit: { kind: 'product', name: owner },
    summary: `In place of ${attempt.host} comes a page by which ${owner} blocks sites.`,
    advice: unlessDangerous(
      attempt.host,
      null,
      facts,
      'ask whoever runs this network, or its name server, why the site is blocked; another network avoids it',
    ),
    evidence: [{ fact: attempt.hop > 0 ? 'redirects' : 'http', says: `the page that came is one of ${owner}` }],
  };
}

import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Evidence, Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import type { InterferenceFact, InterferenceTrial } from '../../model/interference.js';
import { openedSlowly, trickled } from '../../model/pace.js';
import { isOnLink, losesMuch } from '../evidence/connection-evidence.js';
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
import { localEndOf } from '../evidence/interception-evidence.js';
import { oddHeads } from '../evidence/reset-heads.js';
import { unlessDangerous } from '../evidence/site-block-right.js';
import { filterPlace } from './filter-place.js';
import { slowedName } from './slowed-name.js';
import { ruledOutAsKept } from '../evidence/kept-back.js';

/**
 * Somebody on the way reads the server's name where TLS is opened (RFC 6066 3) and stops the connection because of it.
 * That another name works at the same address is not enough: a server may refuse a name of its own. It is shown by what
 * the server cannot have done: it was answered or swallowed before it could reach it, it lives when forged resets are
 * thrown away, or the same name fails alike at hosts that have nothing to do with it.
 */
export const cause: Cause = {
  id: 'sni-filtered',
  side: 'path',
  stage: 'tls',
  title: 'Somebody on the way blocks this name',
  symptoms: [
    ...symptoms('tls', 'not-tls', 'closed', 'reset', 'timed-out', 'alert', 'handshake-failure', 'unrecognized-name'),
    ...symptoms('http', 'timed-out'),
  ],
  needs: ['interference', 'tls.pace', 'connect.localEnd', 'device.routes'],
  yieldsTo: ['captive-portal'],
  judge(attempt, scene) {
    const kept = ruledOutAsKept(attempt, scene);
    if (kept) return kept;
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
    const slowed = slowedName(attempt, scene);
    if (slowed) return slowed;
    if (attempt.stage === 'http') return afterHandshake(attempt, scene);
    const missing = (['interference', 'connect.localEnd', 'device.routes'] as const).filter(
      (key) => scene.facts[key] === undefined,
    );
    if (missing.length > 0) return { says: 'unknown', missing };
    const found = interferenceOf(attempt, scene);
    if (!found) return { says: 'unknown', missing: [], because: 'no comparison with other names was made' };
    const blocked = lastingFailure(found);
    if (!blocked) {
      return plainTrials(found, 'same').some((one) => one.reaction === 'handshake')
        ? { says: 'ruledOut', because: 'with the same name it is answered at another try', facts: ['interference'] }
        : { says: 'unknown', missing: [], because: 'it does not fail alike each time' };
    }
    const others = plainTrials(found, 'other');
    if (attempt.outcome.code === 'not-tls' && others.some((one) => one.reaction === blocked.reaction))
      return { says: 'ruledOut', because: 'another name is answered just so', facts: ['interference'] };
    if (dependsOn(found) !== 'name')
      return { says: 'unknown', missing: [], because: 'another name fails as well, which tells nothing of a filter' };
    if (stoppedHere(found))
      return { says: 'ruledOut', because: 'it never left this computer', facts: ['interference'] };
    return blame(attempt, scene, found, blocked);
  },
};

/** TLS was opened in that name: nobody stops it for the name. That it is slowed down shows where something does come. */
function afterHandshake(attempt: FailedAttempt, { facts }: Scene): Finding {
  if (attempt.hop > 0) return { says: 'unknown', missing: [], because: 'the name was not compared with another one' };
  if (facts.target.transport !== 'tls')
    return { says: 'ruledOut', because: 'no name was sent by TLS', facts: ['http'] };
  const page = fact(facts, 'http')?.find((one) => one.address === attempt.address && one.port === attempt.port);
  if (page && (trickled(page) || openedSlowly(facts, page)) && fact(facts, 'tls.pace') === undefined)
    return {
      says: 'unknown',
      missing: facts['tls.pace'] === undefined ? ['tls.pace'] : [],
      because: 'it comes slowly, which was not compared with another name',
    };
  const opened = fact(facts, 'tls')?.some(({ address, port, failure }) => {
    return address === attempt.address && port === attempt.port && !failure;
  });
  return opened
    ? { says: 'ruledOut', because: 'TLS was opened in that name', facts: ['tls'] }
    : { says: 'unknown', missing: [], because: 'it is not known whether TLS was opened in that name' };
}

function blame(attempt: FailedAttempt, scene: Scene, found: InterferenceFact, blocked: InterferenceTrial): Finding {
  if (blocked.ending === 'silent' && losesMuch(attempt, scene))
    return {
      says: 'unknown',
      missing: [],
      because: 'so many packets get lost that chance may have kept this name from being answered',
    };
  const position = answeredBefore(found) ?? swallowedBefore(found);
  const lives = livesWithoutResets(found);
  const others = elsewhere(found);
  const taken = !neverTaken(found);
  const odd = oddHeads(attempt, scene);
  if (!position && !lives && others !== 'alike' && taken && !odd) {
    return {
      says: 'unknown',
      missing: [],
      because:
        others === 'passes'
          ? 'the name is answered at other hosts: the server itself may refuse it, or somebody close to it'
          : 'another name is answered, but whether the server or somebody on the way refuses this one was not shown',
    };
  }
  const place = filterPlace(position, scene);
  const common = {
    side: place.side,
    culprit: place.culprit,
    summary: `${place.subject} blocks connections to the name ${attempt.host}${others === 'alike' ? ', wherever they lead' : ''}.`,
    advice: unlessDangerous(
      attempt.host,
      null,
      scene.facts,
      'another network or a VPN avoids it; ask whoever runs this network why the name is blocked',
    ),
    evidence: [
      ...evidenceOf(found, blocked, position, lives, others === 'alike', taken),
      ...(odd && blocked.ending === 'reset' ? [odd] : []),
    ],
  };
  // So near it could be this computer as well: then it is not proven that it is somebody else.
  if (position?.hopLimit === 1) return { says: 'fits', weight: 0.9, atMost: 'likely', ...common };
  if (position || lives) return { says: 'proven', ...common };
  if (others !== 'alike') return { says: 'fits', weight: 0.7, atMost: 'likely', ...common };
  return { says: 'fits', weight: 0.9, ...(severalElsewhere(found) ? {} : { atMost: 'likely' as const }), ...common };
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
  lives: boolean,
  alike: boolean,
  taken: boolean,
): Evidence[] {
  const [tries, others] = [plainTrials(found, 'same').length, plainTrials(found, 'other')];
  const [other] = others;
  const what = doing[blocked.ending] ?? 'is refused';
  const says = [
    `at the same address the name ${found.host} ${what} ${tries} times of ${tries}, ${other?.name ?? 'another name'} is answered ${others.length} times of ${others.length}`,
  ];
  if (position && blocked.ending !== 'silent') {
    says.push(
      `it ${what} even when it is sent only ${position.hopLimit} hop${position.hopLimit === 1 ? '' : 's'} far, where it cannot reach the server, and the other name is not`,
    );
  }
  if (position && blocked.ending === 'silent') {
    says.push(
      `${position.beyond ?? `the router at hop ${position.hopLimit}`} says each time that the other name came by, and never of this one`,
    );
  }
  if (!taken) says.push('not even its system acknowledges what was sent for this name, as it does for the other one');
  if (lives) says.push('when resets are thrown away, the server answers this name all the same');
  if (alike) says.push(`a host that has nothing to do with it gives the same picture for both names`);
  return says.map((one) => ({ fact: 'interference', says: one }));
}

import type { Cause, Evidence, Finding, Scene } from '../../model/cause.js';
import { fact, type FactKey } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import type { InterferenceTrial, LargeHelloFact } from '../../model/interference.js';
import {
  answeredBefore,
  dependsOn,
  elsewhere,
  lastingFailure,
  plainTrials,
  stoppedHere,
  swallowedBefore,
} from '../evidence/interference-evidence.js';
import { failsThere, notInBrowser, trialOf } from '../evidence/browser-evidence.js';
import { filterPlace } from './filter-place.js';

type Told = Finding & { readonly says: 'fits' | 'proven' };

/**
 * A server, or somebody on the way, takes the hello of TLS only where it comes in one packet, or only a small one. Those of
 * browsers hold a post-quantum key share and need two packets (tldr.fail); those of many other programs do not. So the page
 * fails in a browser alone.
 */
export const cause: Cause = {
  id: 'large-hello-blocked',
  side: 'path',
  stage: 'tls',
  title: 'The large TLS hello that browsers send is stopped',
  symptoms: symptoms('browser', 'connection'),
  needs: ['tls.largeHello'],
  judge(attempt, scene) {
    const trial = trialOf(scene);
    if (attempt.protocol !== 'browser' || !trial) return notInBrowser;
    const found = fact(scene.facts, 'tls.largeHello');
    if (!found) return { says: 'unknown', missing: [], because: 'a hello as large as a browser’s was not tried' };
    if (plainTrials(found, 'same').some(({ reaction }) => reaction === 'handshake'))
      return { says: 'ruledOut', because: 'a hello as large as a browser’s is answered', facts: ['tls.largeHello'] };
    const told = blockedIn(found, scene);
    if (!told) return { says: 'unknown', missing: [], because: 'whether it is the size of the hello was not shown' };
    // The browser ran with bytes of its own: that it met the same is near, not shown.
    return {
      ...told,
      says: 'fits',
      weight: 0.8,
      atMost: 'likely',
      evidence: [failsThere(attempt, trial), ...told.evidence],
    };
  },
  beside: ({ facts, attempts }) => {
    const found = fact(facts, 'tls.largeHello');
    return found ? blockedIn(found, { facts, attempts }) : null;
  },
  besideNeeds: ({ 'tls.largeHello': found }): readonly FactKey[] =>
    found?.state === 'known' && found.value.inPieces.length > 0 ? ['device.routes', 'connect.localEnd'] : [],
};

function blockedIn(found: LargeHelloFact, scene: Scene): Told | null {
  const blocked = lastingFailure(found);
  const small = plainTrials(found, 'other');
  if (!blocked || dependsOn(found) !== 'name' || small.some(({ reaction }) => reaction !== 'handshake')) return null;
  if (stoppedHere(found) || fact(scene.facts, 'connect.localEnd')?.some(({ end }) => end !== null)) return null;
  const [inPieces, smallInPieces] = [of(found.inPieces, 'same'), of(found.inPieces, 'other')];
  // Packets of full size may vanish whatever is in them: small ones with the same bytes have to be stopped as well.
  if (inPieces.length < 2 || inPieces.some(({ ending }) => !stops.has(ending))) return null;
  const firstOnly = smallInPieces.length > 0 && smallInPieces.every(({ ending }) => stops.has(ending));
  const position = answeredBefore(found) ?? swallowedBefore(found);
  const others = elsewhere(found);
  const place = filterPlace(position, scene);
  const whose = position
    ? place.subject
    : others === 'alike'
      ? 'Somebody on the way'
      : 'The server, or somebody on the way to it,';
  const { host } = scene.facts.target;
  const side = position ? place.side : others === 'alike' ? 'path' : 'unknown';
  const common = {
    side,
    ...(position || others === 'alike' ? { culprit: place.culprit } : {}),
    summary: `Browsers may fail to open ${host} where this program does not: they begin TLS with a larger message, which takes two packets. ${whose} ${how[blocked.ending] ?? 'stops'} such connections.`,
    advice:
      'whoever runs the server, or the firewall or filter in front of it, has to let it read a hello that comes in more than one packet (tldr.fail); another network shows whether it is the server',
    evidence: evidenceOf(found, blocked, inPieces, firstOnly, others),
  };
  const shown = position !== null && position.hopLimit > 1;
  return shown ? { says: 'proven', ...common } : { says: 'fits', atMost: 'likely', ...common };
}

const stops: ReadonlySet<string> = new Set(['reset', 'closed', 'silent']);
const how: Readonly<Record<string, string>> = { reset: 'resets', closed: 'closes', silent: 'swallows' };
const what: Readonly<Record<string, string>> = {
  reset: 'is reset',
  closed: 'is closed',
  silent: 'stays without an answer',
};

function of(trials: readonly InterferenceTrial[], asked: 'same' | 'other'): InterferenceTrial[] {
  return trials.filter((one) => one.asked === asked && one.ending !== 'unopened');
}

function evidenceOf(
  found: LargeHelloFact,
  blocked: InterferenceTrial,
  inPieces: readonly InterferenceTrial[],
  firstOnly: boolean,
  others: 'alike' | 'passes' | null,
): Evidence[] {
  const { sizes } = found;
  const [large, small] = [plainTrials(found, 'same').length, plainTrials(found, 'other').length];
  const says = [
    `in turns, a hello of ${sizes.same} bytes ${what[blocked.ending] ?? 'is stopped'} ${large} times of ${large}, the same with ${sizes.other} bytes is answered ${small} times of ${small}`,
    `in packets of less than 576 bytes the large one fails too (${inPieces.length} of ${inPieces.length} times): it is not the size of a packet`,
    ...(firstOnly ? ['the small one fails as well once it comes in two packets: only the first packet is read'] : []),
    ...(others === 'passes' ? ['at a host that has nothing to do with it the large one is answered'] : []),
    ...(others === 'alike' ? ['at a host that has nothing to do with it the large one is stopped as well'] : []),
  ];
  return says.map((one) => ({ fact: 'tls.largeHello', says: one }));
}

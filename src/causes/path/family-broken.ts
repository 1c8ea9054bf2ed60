import type { FailedAttempt } from '../../model/attempt.js';
import { familyOf, translatedIpv4 } from '../../model/address.js';
import { type ConnectTry, fact } from '../../model/facts.js';
import type { CatalogueEntry, Cause, Finding, Scene } from '../../model/cause.js';
import { probesOf } from '../../model/probed.js';
import { symptoms } from '../../model/failure.js';
import type { Side } from '../../model/words.js';
import { listenersFor } from '../evidence/listener-evidence.js';
import {
  answeredFromOutside,
  isOwnAddress,
  neverLeft,
  refusedByReset,
  sendersOf,
  triesOf,
} from '../evidence/connection-evidence.js';
import { placeOf } from './hop-place.js';
import { mayBeOneWayOfSeveral, othersGotThrough } from '../evidence/equal-ways.js';

/** Every address of one family fails while the other family holds: the target works, slowed down by the tries in vain. */
export function familyBroken(family: 4 | 6): Cause {
  const name = `IPv${family}`;
  const entry: CatalogueEntry = {
    id: `ipv${family}-broken`,
    side: 'path',
    stage: 'connect',
    title: `${name} does not work on the way to this server, the other kind of address does`,
    symptoms: [...symptoms('connect'), ...symptoms('tls', 'closed', 'reset', 'timed-out')],
  };
  return {
    ...entry,
    needs: ['device.routes'],
    ...(family === 6 && { remedies: ['prefer-ipv4'] }),
    judge: (attempt, scene) => judge(family, attempt, scene),
  };
}

function judge(family: 4 | 6, attempt: FailedAttempt, scene: Scene): Finding {
  const name = `IPv${family}`;
  const peers = scene.attempts.filter(
    (one) => one.hop === attempt.hop && one.stage === attempt.stage && one.address !== null,
  );
  const own = peers.filter((one) => familyOf(one.address ?? '') === family);
  const others = peers.filter((one) => familyOf(one.address ?? '') !== family);
  if (familyOf(attempt.address ?? '') !== family)
    return { says: 'ruledOut', because: `it was not tried by ${name}`, facts: ['connect'] };
  if (own.some((one) => one.outcome === 'ok'))
    return { says: 'ruledOut', because: `another ${name} address works`, facts: ['connect'] };
  if (!others.some((one) => one.outcome === 'ok'))
    return { says: 'ruledOut', because: 'the other kind of address fails too', facts: ['connect'] };
  const opened = attempt.stage !== 'connect';
  if (!opened && othersGotThrough(attempt, scene))
    return { says: 'ruledOut', because: `another connection by ${name} got through`, facts: ['connect'] };
  if (attempt.outcome.code === 'timed-out' && lossBeside(family, scene))
    return { says: 'unknown', missing: [], because: 'packets get lost by chance here, and these may have been' };
  const listeners = isOwnAddress(attempt.address, scene) ? listenersFor(attempt, scene) : undefined;
  if (listeners && listeners.reachable.length === 0) {
    return {
      says: 'ruledOut',
      because: 'the program on this computer listens on the other kind of address only',
      facts: ['device.listeners'],
    };
  }
  const tries = triesOf(attempt, scene);
  const pending = tries.some((one) => one.pending === true);
  const cost = costOf(family, attempt, tries, scene);
  const waited = Math.round(Math.max(0, ...tries.map((one) => one.ms)));
  // A refusal may come through the translator, from the server; an error of a router behind it came through it.
  const behind = sendersOf(tries).hops.some(({ from }) => translatedIpv4(from) !== null);
  const translated = translatedIpv4(attempt.address ?? '') !== null && attempt.outcome.code !== 'refused' && !behind;
  return {
    says: 'fits',
    side: sideOf(attempt, scene),
    summary: pending
      ? `The server works, but its ${name} address did not answer within ${waited} ms${cost.words}.`
      : translated
        ? `The server works, but not by ${name}: its address ${attempt.address ?? ''} is one for a translator to IPv4 (NAT64), and by that it cannot be reached${cost.words}.`
        : `The server works, but not by ${name}: ${attempt.address ?? ''} ${wordOf(attempt)}${cost.words}.`,
    // What became of one connection that was open may become of another one by chance: several servers behind one address.
    ...(pending ||
    opened ||
    mayBeOneWayOfSeveral(attempt, scene) ||
    (isOwnAddress(attempt.address, scene) && !listeners)
      ? { atMost: 'likely' as const }
      : {}),
    advice: pending
      ? 'add --thorough to wait for it'
      : translated
        ? 'the name server makes such addresses up (DNS64): whoever runs this network can mend the translator, or set a name server that makes up none'
        : cost.advice,
    evidence: [
      { fact: opened ? 'tls' : 'connect', says: `every ${name} address failed, while the other kind of address held` },
    ],
    missing:
      isOwnAddress(attempt.address, scene) && scene.facts['device.listeners'] === undefined
        ? ['device.listeners']
        : scene.facts['device.routes'] === undefined && sendersOf(tries).hops.length > 0
          ? ['device.routes']
          : [],
  };
}

/** By the other kind of address too a first packet was answered only when it was sent again; or a question for the name was. */
function lossBeside(family: 4 | 6, { facts }: Scene): boolean {
  const others = probesOf(facts).filter(({ address }) => familyOf(address) !== family);
  const openedLate = others
    .flatMap(({ first, repeats }) => [first, ...repeats])
    .some(({ failure, tcp }) => !failure && (tcp?.totalRetransmitted ?? 0) > 0);
  return openedLate || fact(facts, 'name.system')?.silentMs !== undefined;
}

/** RFC 8305, 5: so long a browser waits for one address before it tries the next one too (Chromium 300 ms, curl 200). */
const attemptDelayMs = 250;

/** What it costs those who try one address and then the next, in the order in which this device gives them. */
function costOf(
  family: 4 | 6,
  attempt: FailedAttempt,
  tries: readonly ConnectTry[],
  { facts }: Scene,
): { readonly words: string; readonly advice: string } {
  const other = `IPv${family === 6 ? 4 : 6}`;
  const [first] = fact(facts, 'name.system')?.addresses ?? [];
  if (attempt.stage !== 'connect')
    return {
      words: '',
      advice: 'the connection opens, so that browsers do not try the other kind of address by themselves',
    };
  if (first === undefined) return { words: '', advice: 'whoever runs the server or the network between can mend it' };
  if (familyOf(first) !== family)
    return {
      words: '',
      advice: `programs here try ${other} first and notice nothing of it, unless they want IPv${family}`,
    };
  const silent = tries.some((one) => one.failure?.code === 'timed-out');
  const ms = silent ? attemptDelayMs : Math.min(attemptDelayMs, Math.ceil(Math.max(1, ...tries.map((one) => one.ms))));
  return {
    words: `, which costs browsers about ${ms} ms each time`,
    advice: silent
      ? `programs that try one address after the other wait a minute or two for ${other}; whoever runs the server or the network between can mend it`
      : 'other programs go on to the next address as well; whoever runs the server or the network between can mend it',
  };
}

function wordOf(attempt: FailedAttempt): string {
  if (attempt.stage !== 'connect') {
    const { code } = attempt.outcome;
    return `accepts the connection and ${code === 'timed-out' ? 'does not answer' : code === 'reset' ? 'resets it' : 'ends it'}`;
  }
  if (attempt.outcome.code === 'timed-out') return 'does not answer';
  return attempt.outcome.code === 'refused' ? 'refuses' : 'cannot be reached';
}

/** By place: who said so, where anybody did. */
function sideOf(attempt: FailedAttempt, scene: Scene): Side {
  const tries = triesOf(attempt, scene);
  const { self, target, hops } = sendersOf(tries);
  const [hop] = hops;
  if (hop) return placeOf(hop.from, scene).side;
  if (target.length > 0) return 'server';
  if (self.length > 0 || neverLeft(tries) || tries.some((one) => one.synchronous)) return 'this-device';
  if (refusedByReset(tries) === true || answeredFromOutside(attempt, scene)) return 'server';
  return 'unknown';
}

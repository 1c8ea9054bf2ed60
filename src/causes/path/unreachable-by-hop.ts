import type { Cause, Scene } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
import { saysHostUnreachable } from '../../model/icmp.js';
import {
  afterNeighbourSearch,
  saidAtOnceElsewhere,
  sendersOf,
  toldElsewhere,
  triesOf,
} from '../evidence/connection-evidence.js';
import { type ConnectTry, fact } from '../../model/facts.js';
import { outsideAnswers, outsideOf } from '../evidence/reference-evidence.js';
import { mayBeOneWayOfSeveral, othersGotThrough } from '../evidence/equal-ways.js';
import { scopeOf } from '../../model/address.js';
import { type HopPlace, placeOf } from './hop-place.js';
import { turnedAwayElsewhere } from './turned-away.js';
import { classOf, isBeyondScope, wordsFor } from './icmp-words.js';

/** A router on the way knows no way on, and says so. */
export const cause: Cause = {
  id: 'unreachable-by-hop',
  side: 'path',
  stage: 'connect',
  title: 'A router on the way knows no way to the server',
  symptoms: symptoms('connect', 'host-unreachable', 'network-unreachable', 'refused'),
  needs: ['connect.told', 'device.routes', 'references'],
  yieldsTo: ['address-conflict', 'captive-portal', 'internet-down'],
  judge(attempt, scene) {
    const address = attempt.address ?? '';
    const tries = triesOf(attempt, scene);
    const { hops } = sendersOf(tries);
    const heard = hops.find((icmp) => classOf(icmp, address) === 'unreachable');
    const told = hops.length > 0 ? null : turnedAwayElsewhere(attempt, scene.facts);
    const elsewhere = told?.says === 'unreachable' ? told : null;
    const said = heard ?? elsewhere?.icmp;
    if (!said) {
      return tries.some((one) => one.icmp !== null)
        ? { says: 'ruledOut', because: 'no router on the way said that it knows no way', facts: ['connect'] }
        : { says: 'unknown', missing: [], because: 'this platform does not show who sent the error' };
    }
    if (isBeyondScope(said, said.from))
      return { says: 'ruledOut', because: "it turns away this computer's own address, not the target's", facts: ['connect'] }; // prettier-ignore
    if (saysHostUnreachable(said, address) && afterNeighbourSearch(tries) && !saidAtOnceElsewhere(attempt, scene)) {
      const missing = toldElsewhere(scene);
      if (missing.length > 0)
        return { says: 'unknown', missing, because: 'it is not known whether somebody looked for the target' };
      return {
        says: 'ruledOut',
        because: 'the router beside the target looked for it and found nobody',
        facts: ['connect'],
      };
    }
    if (scene.facts['device.routes'] === undefined)
      return { says: 'unknown', missing: ['device.routes', 'device.interfaces'] };
    const place = placeOf(said.from, scene);
    const nobodys = isNobodysFar(address);
    return {
      says: 'fits',
      // The same router says so of everything else too: then it is not about this target.
      weight: turnsAllAway(said.from, tries, scene) ? 0.7 : 0.9,
      // Of the connection itself nobody said anything; or other connections there may be led another way.
      ...(elsewhere || nobodys || mayBeOneWayOfSeveral(attempt, scene) ? { atMost: 'likely' as const } : {}),
      side: nobodys ? 'target' : place.side,
      culprit: { kind: 'hop', address: said.from, name: place.name },
      summary: othersGotThrough(attempt, scene)
        ? `${capital(place.name)} knows no way to ${address} and turns some of the connections away; others get there by another way.`
        : `${capital(place.name)} knows no way to ${address}${whatItIs(said.from, address)}.`,
      advice: adviceFor(place, said.from, address),
      evidence: [
        elsewhere
          ? {
              fact: elsewhere.fact,
              says: `${said.from} said "${wordsFor(said, address)}" of ${elsewhere.met}; routers say so only so often`,
            }
          : { fact: 'connect', says: `${said.from} said "${wordsFor(said, address)}", at once` },
      ],
    };
  },
};

/** An address that no router leads to, whoever is asked: no word of a router's tells that it is at fault (RFC 6890). */
function isNobodysFar(address: string): boolean {
  return ['unspecified', 'loopback', 'link-local', 'multicast', 'reserved'].includes(scopeOf(address));
}

function whatItIs(router: string, address: string): string {
  if (scopeOf(address) === 'link-local') return ', an address that holds on one and the same link alone';
  if (isNobodysFar(address)) return ', an address that belongs to no computer and that no router leads to';
  return isCarriedNowhere(router, address)
    ? ', an address inside of some network, which the internet carries nowhere'
    : '';
}

/** Asked of a router of the internet, an inner address (RFC 1918, RFC 4193) is in no network that it could know. */
function isCarriedNowhere(router: string, address: string): boolean {
  return scopeOf(address) === 'private' && scopeOf(router) === 'public';
}

function adviceFor(place: HopPlace, router: string, address: string): string {
  if (isNobodysFar(address))
    return scopeOf(address) === 'link-local'
      ? 'check the address: it can be reached only from the link that it is on, as the metadata address of a cloud (169.254.169.254) from the machines of that cloud'
      : 'check the address';
  if (place.side === 'local-network') return 'restart that router, and look whether it is connected';
  if (place.behindTunnel) return 'ask whoever runs the VPN; the address may not be in use there';
  if (isCarriedNowhere(router, address))
    return 'join the network that the address belongs to, or connect the VPN that leads there';
  return 'wait and try again; if it stays, tell your provider';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * Of a router that has an address of each family, which references may have met by the other one. Where it limits its errors
 * and spent them on the target, what else it turns away meets silence.
 */
function turnsAllAway(router: string, tries: readonly ConnectTry[], scene: Scene): boolean {
  const own = (fact(scene.facts, 'device.routes')?.defaults ?? []).flatMap(({ via }) => via ?? []);
  const same = (from: string | undefined): boolean =>
    from === router || (from !== undefined && own.includes(from) && own.includes(router));
  const limits = tries.some(({ failure, icmp }) => failure?.raw === 'timeout' && icmp?.length === 0);
  return (
    outsideAnswers(scene) === false && (limits || (outsideOf(scene.facts) ?? []).some((one) => same(one.failure?.from)))
  );
}

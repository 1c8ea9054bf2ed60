import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Evidence, Finding } from '../../model/cause.js';
import { fact, type FactKey, type Facts, type ListenerFact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { familyOf, scopeOf } from '../../model/address.js';
import { processName } from '../evidence/listener-evidence.js';
import { answeringReferences } from '../evidence/reference-evidence.js';
import { traceOf } from '../evidence/connection-evidence.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';
import { maySwallow, swallowedHere } from '../evidence/swallowed-here.js';
import { placeOf } from '../evidence/rule-place.js';
import { icmpOf, isTooFar } from '../path/icmp-words.js';
import {
  controlFor,
  directOpinions,
  notYet,
  opinionsFor,
  resolverCulprit,
  sideOfResolver,
  whoseResolver,
} from './answers.js';
import { answersLate, waitsForSilent } from './slow-look-ups.js';
import { leftByVpn } from './vpn-resolver.js';
import { asOfTarget } from './redirect-name.js';

/** Nothing comes back from the resolver that this device is set to ask: it is off, gone, or somebody is in between. */
export const cause: Cause = {
  id: 'resolver-unreachable',
  side: 'path',
  stage: 'name',
  title: 'The name server that this computer asks does not answer',
  symptoms: [
    ...symptoms('exchange', 'timed-out', 'refused', 'host-unreachable', 'network-unreachable', 'prohibited'),
    ...symptoms('resolve', 'temporary-failure', 'timed-out', 'failed'),
  ],
  needs: ['name.direct', 'device.routes', 'device.listeners', 'references', 'name.redirect'],
  remedies: ['switch-resolver'],
  yieldsTo: [
    'network-down',
    'no-route',
    'subnet-overlap',
    'no-dns-configured',
    'local-firewall',
    'app-policy',
    'os-network-permission',
    'vpn-blocks',
    'gateway-unreachable',
    'internet-down',
    'captive-portal',
    'rejected-by-hop',
  ],
  judge(attempt, scene): Finding {
    const { facts } = scene;
    if (attempt.hop > 0) return asOfTarget(attempt, scene, cause.judge, 'resolver');
    const direct = fact(facts, 'name.direct');
    if (!direct) return { says: 'unknown', missing: notYet(facts, 'name.direct') };
    const answering = opinionsFor(attempt, facts).find(({ word }) => word !== 'unheard');
    if (answering) return { says: 'ruledOut', because: `${answering.resolver} answers`, facts: ['name.direct'] };
    if (attempt.protocol !== 'dns' || attempt.address === null)
      return { says: 'unknown', missing: [], because: 'each resolver is judged by itself' };
    const led = traceOf(attempt, scene)?.redirectedBy;
    if (led)
      return {
        says: 'unknown',
        missing: [],
        because: `a rule of this computer (${placeOf(led)}) leads the questions to another place`,
      };
    if (controlFor(attempt.address, facts)?.ok)
      return { says: 'ruledOut', because: `${attempt.address} answers other questions`, facts: ['name.direct'] };
    const later = fact(facts, 'name.series')?.find(({ address }) => address === attempt.address);
    if (later && later.answered > 0)
      return {
        says: 'ruledOut',
        because: `${attempt.address} answered ${later.answered} of ${later.sent} questions a moment later`,
        facts: ['name.series'],
      };
    const eaten = swallowedHere(attempt, scene);
    if (eaten) return { says: 'unknown', missing: [], because: eaten.because };
    const found = silentResolver(attempt, attempt.address, facts);
    // A rule here that leads questions to a closed port of this computer refuses them in that resolver's name as well.
    const untold = found.says === 'fits' && attempt.outcome.code === 'refused' && !traceOf(attempt, scene)?.seenOut;
    const silent: Finding = untold && found.side === 'path' ? { ...found, side: 'unknown' } : found;
    const asks = silent.says === 'fits' && maySwallow(attempt, scene) ? notYetAsked(scene, 'device.swallowed') : [];
    return silent.says === 'fits' && asks.length > 0
      ? { ...silent, missing: [...(silent.missing ?? []), ...asks] }
      : silent;
  },
  beside: ({ facts }) => waitsForSilent(facts) ?? answersLate(facts),
};

function silentResolver(attempt: FailedAttempt, resolver: string, facts: Facts): Finding {
  const routes = fact(facts, 'device.routes');
  const route = routes?.choices.find(({ address }) => address === resolver);
  if (route && route.error !== null)
    return {
      says: 'ruledOut',
      because: `this computer has no route to ${resolver}: nothing was asked`,
      facts: ['device.routes'],
    };
  // No ICMP error of IPv4 becomes EACCES (icmp_err_convert): a rule of routing, or a security module, did not let it be sent.
  if (attempt.outcome.code === 'prohibited' && attempt.outcome.from === undefined && familyOf(resolver) === 4)
    return {
      says: 'ruledOut',
      because: `this computer itself refused to send to ${resolver}: nothing was asked`,
      facts: ['name.direct'],
    };
  const told = icmpOf(attempt.outcome);
  if (told && isTooFar(told, told.from))
    return { says: 'unknown', missing: [], because: `${told.from} says that the question passed too many routers` };
  const setting = fact(facts, 'name.config')?.resolvers.find(({ address }) => address === resolver);
  // Where no line names one, the default one was never meant to run.
  if (setting && !/:\d+$/.test(setting.location))
    return { says: 'ruledOut', because: 'no setting names that resolver', facts: ['name.config'] };
  const local = scopeOf(resolver) === 'loopback';
  const needed: FactKey[] = local
    ? ['device.routes', 'device.listeners']
    : ['device.routes', 'device.interfaces', 'references'];
  const { code, raw, from } = attempt.outcome;
  const evidence: Evidence[] = [{ fact: 'name.direct', says: howItFailed(resolver, code, raw, from) }];
  const listeners = fact(facts, 'device.listeners')?.listeners;
  const running = listeners?.find(
    ({ protocol, port, address }) =>
      protocol === 'udp' && port === 53 && (address === resolver || scopeOf(address) === 'unspecified'),
  );
  if (local && listeners && !running)
    evidence.push({ fact: 'device.listeners', says: `no program on this computer listens on ${resolver}, port 53` });
  const others = answeringReferences({ facts, attempts: [] });
  if (others.length > 0)
    evidence.push({ fact: 'references', says: `the network works: ${others.slice(0, 2).join(' and ')} answer` });
  const silent = alsoSilent(resolver, facts);
  if (code === 'timed-out' && silent.length > 1)
    evidence.push({
      fact: 'references',
      says: `${silent.slice(0, 2).join(' and ')} keep silent to such questions as well`,
    });
  const itself = answersOverTcp(resolver, facts);
  if (itself) evidence.push({ fact: 'name.direct', says: `${resolver} answers the same question over TCP` });
  const overTcp = code === 'timed-out' ? takesTcpAlone(facts) : undefined;
  if (overTcp !== undefined)
    evidence.push({
      fact: 'references',
      says: `${overTcp} takes connections to port 53 over TCP, and keeps silent to questions over UDP`,
    });
  const left = leftByVpn(resolver, facts);
  if (left) {
    evidence.push({
      fact: 'name.config',
      says: `${setting?.location ?? 'the resolver file'} was written for a VPN ("${left.note}")`,
    });
    evidence.push({
      fact: 'device.interfaces',
      says: `no interface of this computer is in a network with ${resolver}, and none is a tunnel`,
    });
    return {
      says: 'fits',
      weight: 0.85,
      side: 'this-device',
      stage: 'name',
      culprit: { ...resolverCulprit(resolver, facts), owner: left.owner },
      summary: `This computer still asks the name server of a VPN (${resolver}) that is not up any more.`,
      advice: `connect the VPN again, or take that name server out of ${setting?.location ?? 'resolv.conf'}`,
      evidence,
      missing: notYet(facts, ...needed),
    };
  }
  // Another one is asked as well and answers, though not this question: why it does not matters more.
  const beside = directOpinions(facts).find(
    (one) => one.resolver !== resolver && (one.word !== 'unheard' || controlFor(one.resolver, facts)?.ok),
  );
  if (beside)
    evidence.push({
      fact: 'name.direct',
      says: `${beside.resolver}, which is asked too, answers${beside.word === 'unheard' ? ' other questions' : ''}`,
    });
  const loses = beside ? 'and the other one gives no answer about this name' : 'so no name can be looked up';
  return {
    says: 'fits',
    weight: !beside && (others.length > 0 || evidence.length > 1) ? 0.8 : 0.5,
    side: sideOfResolver(resolver, facts),
    stage: 'name',
    culprit: resolverCulprit(resolver, facts),
    summary: `The ${whoseResolver(resolver, facts)} (${resolver}) does not answer${itself ? ' over UDP' : ''}, ${loses}.`,
    advice: local
      ? running
        ? 'that program runs: look at its log, and whether the name servers that it asks in turn answer; or set another name server'
        : 'start the name service on this computer, or set another name server'
      : overTcp !== undefined || itself
        ? 'questions over UDP, port 53, seem to be blocked in this network: ask whoever runs it; the line "options use-vc" in resolv.conf lets programs ask over TCP'
        : code === 'timed-out' && silent.length > 1 && others.length > 0
          ? 'port 53 may be blocked in this network, for other name servers too: look at the rules of the router, or ask whoever runs it'
          : 'set another name server, or ask whoever runs this one',
    evidence: [...evidence, ...(local ? runs(running) : []), ...neverAsked(facts)],
    missing: notYet(facts, ...needed),
  };
}

function runs(program: ListenerFact | undefined): Evidence[] {
  if (!program) return [];
  return [{ fact: 'device.listeners', says: `${processName(program)} listens there, and passes no answer on` }];
}

/** Other name servers, which have nothing to do with this network. */
function alsoSilent(resolver: string, facts: Facts): string[] {
  const asked = (fact(facts, 'references') ?? []).filter(
    ({ kind, address, port }) => kind === 'resolver' && port === 53 && address !== null && address !== resolver,
  );
  return asked.some(({ ok }) => ok) ? [] : asked.flatMap(({ address }) => address ?? []);
}

/** The transport alone was changed: it runs, and is not slow. */
function answersOverTcp(resolver: string, facts: Facts): boolean {
  const overTcp = fact(facts, 'name.direct')?.overTcp ?? [];
  return overTcp.some((one) => one.resolver === resolver && one.answered);
}

/** A name server that has nothing to do with this network: silent over UDP, and there over TCP. */
function takesTcpAlone(facts: Facts): string | undefined {
  const asked = fact(facts, 'references') ?? [];
  return (
    asked.find(
      ({ kind, address, port, ok }) =>
        kind === 'host' &&
        port === 53 &&
        ok &&
        address !== null &&
        asked.some((other) => other.kind === 'resolver' && other.address === address && !other.ok),
    )?.address ?? undefined
  );
}

function neverAsked(facts: Facts): Evidence[] {
  const [ignored] = fact(facts, 'name.config')?.ignored ?? [];
  if (!ignored) return [];
  const says = `${ignored.address} (${ignored.location}) is never asked: the system takes the first three name servers of the file`;
  return [{ fact: 'name.config', says }];
}

function howItFailed(resolver: string, code: string, raw: string, from: string | undefined): string {
  if (code === 'timed-out') return `${resolver} keeps silent, asked directly and twice`;
  if (code === 'refused')
    return `nothing takes questions at ${resolver}, port 53: ${from === undefined || from === resolver ? 'it says so itself' : `${from} says so`} (${raw})`;
  return `${from ?? 'this computer'} says that ${resolver} cannot be reached (${raw})`;
}

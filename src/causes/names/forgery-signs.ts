/** Signs that somebody else than the one asked has answered, read off the experiments. */
import { fact, type Facts, type ResolverAnswer } from '../../model/facts.js';
import type { Evidence } from '../../model/cause.js';
import type { Side } from '../../model/words.js';
import { type Opinion, sideOfResolver } from './answers.js';

/**
 * What an answer says, so that two can be compared: addresses, or a "no". Null for one that says nothing about the name.
 */
interface Said {
  readonly no: 'nxdomain' | 'no-data' | null;
  readonly addresses: readonly string[];
}

export interface ForgerySign {
  /**
   * `double`: two answers to one query. `near`: an answer to a question that cannot have come as far. `silent-host`: an
   * answer from where nobody answers. `by-transport`: the same resolver says something else where nobody can answer first.
   */
  readonly kind: 'double' | 'near' | 'silent-host' | 'by-transport';
  /** Which resolver's answers are not its own; null where it is anybody's. */
  readonly resolver: string | null;
  /** What the true one says, where it was heard: addresses. */
  readonly truth: readonly string[];
  /** Who answers, as far as it shows. */
  readonly who: string | null;
  readonly evidence: Evidence;
}

function saidBy({ failure, addresses }: ResolverAnswer): Said | null {
  if (!failure) return { no: null, addresses };
  return failure.code === 'nxdomain' || failure.code === 'no-data' ? { no: failure.code, addresses: [] } : null;
}

export function contradict(one: Said, other: Said): boolean {
  if (one.no !== null || other.no !== null) return one.no !== other.no;
  return !one.addresses.some((address) => other.addresses.includes(address));
}

/** All signs that the facts hold. Each says only that somebody answers for others, not that the answer is wrong. */
export function forgerySigns(facts: Facts): ForgerySign[] {
  return [...doubles(facts), ...byTransport(facts), ...near(facts), ...silentHosts(facts)];
}

function doubles(facts: Facts): ForgerySign[] {
  const all = (['name.direct', 'name.reference', 'name.again'] as const).flatMap((key) =>
    (fact(facts, key)?.answers ?? []).map((answer) => ({ key, answer })),
  );
  return all.flatMap(({ key, answer }): ForgerySign[] => {
    const first = saidBy(answer);
    const second = answer.others?.find(({ kind, addresses }) => {
      const no = kind === 'nxdomain' ? 'nxdomain' : kind === 'nodata' ? 'no-data' : null;
      if (no === null && kind !== 'answer') return false;
      return first !== null && contradict(first, { no, addresses });
    });
    if (!first || !second) return [];
    return [
      {
        kind: 'double',
        resolver: answer.resolver,
        truth: second.addresses,
        who: null,
        evidence: {
          fact: key,
          says: `two answers came to one question to ${answer.resolver}: first ${words(first)}, then ${words({ no: second.kind === 'nxdomain' ? 'nxdomain' : second.kind === 'nodata' ? 'no-data' : null, addresses: second.addresses })}`,
        },
      },
    ];
  });
}

function byTransport(facts: Facts): ForgerySign[] {
  const again = fact(facts, 'name.again')?.answers ?? [];
  const before = [...(fact(facts, 'name.direct')?.answers ?? []), ...(fact(facts, 'name.reference')?.answers ?? [])];
  const resolvers = [...new Set(again.map(({ resolver }) => resolver))];
  return resolvers.flatMap((resolver): ForgerySign[] => {
    const own = [...before, ...again].filter((answer) => answer.resolver === resolver);
    const types = [...new Set(own.map(({ type }) => type))];
    return types.flatMap((type): ForgerySign[] => {
      const of = (...transports: ResolverAnswer['transport'][]): Said | null =>
        union(own.filter((answer) => answer.type === type && transports.includes(answer.transport)));
      const [udp, tls] = [of('udp'), of('tls', 'https')];
      const secured = tls ?? of('tcp');
      const open = tls
        ? (union([...own].filter((answer) => answer.type === type && !isEncrypted(answer))) ?? udp)
        : udp;
      if (!open || !secured || !contradict(open, secured)) return [];
      return [
        {
          kind: 'by-transport',
          resolver,
          truth: secured.addresses,
          who: null,
          evidence: {
            fact: 'name.again',
            says: `${resolver}, asked ${tls ? `over ${own.some(({ transport }) => transport === 'tls') ? 'TLS' : 'HTTPS'} with its certificate` : 'over TCP'}, says ${words(secured)}; over UDP ${words(open)} comes`,
          },
        },
      ];
    });
  });
}

function isEncrypted({ transport }: ResolverAnswer): boolean {
  return transport === 'tls' || transport === 'https';
}

/** Of several answers to one question all addresses; null where they contradict each other or say nothing. */
function union(answers: readonly ResolverAnswer[]): Said | null {
  const said = answers.flatMap((answer) => saidBy(answer) ?? []);
  const [first] = said;
  if (!first || said.some(({ no }) => no !== first.no)) return null;
  return { no: first.no, addresses: [...new Set(said.flatMap(({ addresses }) => addresses))] };
}

function near(facts: Facts): ForgerySign[] {
  return (fact(facts, 'name.impostor')?.near ?? []).flatMap(({ resolver, answeredAt, expiredFrom }): ForgerySign[] =>
    answeredAt === null || expiredFrom === null || expiredFrom === resolver
      ? []
      : [
          {
            kind: 'near',
            resolver,
            truth: [],
            who: expiredFrom,
            evidence: {
              fact: 'name.impostor',
              says: `a question to ${resolver} was answered although it could go no further than ${expiredFrom} (hop limit ${answeredAt})`,
            },
          },
        ],
  );
}

function silentHosts(facts: Facts): ForgerySign[] {
  return (fact(facts, 'name.impostor')?.hosts ?? []).flatMap(({ address, host, answer }): ForgerySign[] =>
    answer === undefined || (answer.recursive !== true && saidBy(answer) === null)
      ? []
      : [
          {
            kind: 'silent-host',
            resolver: null,
            truth: [],
            who: null,
            evidence: {
              fact: 'name.impostor',
              says: `a question to ${address}${address === host ? '' : ` (${host})`}, where nobody answers such questions, was answered all the same${said(answer)}`,
            },
          },
        ],
  );
}

function said(answer: ResolverAnswer): string {
  const one = saidBy(answer);
  return one ? `: ${words(one)}` : '';
}

/** What the address that answers no DNS said, for comparing. */
export function impostorAnswers(facts: Facts): ResolverAnswer[] {
  return (fact(facts, 'name.impostor')?.hosts ?? []).flatMap(({ answer }) => answer ?? []);
}

/** It was asked where nobody answers, and nobody did; and no answer came from nearer than it can. */
export function nobodyAnswersForOthers(facts: Facts): boolean {
  const impostor = fact(facts, 'name.impostor');
  if (!impostor) return false;
  const silent = impostor.hosts.length > 0 && impostor.hosts.every(({ answer }) => answer === undefined);
  return silent && near(facts).length === 0;
}

/** Every way of asking that resolver that gave an answer gave the same. */
export function sameByEveryWay({ resolver }: Opinion, facts: Facts): boolean {
  const again = (fact(facts, 'name.again')?.answers ?? []).filter((answer) => answer.resolver === resolver);
  const other = again.some((answer) => answer.transport !== 'udp' && saidBy(answer) !== null);
  return other && !isForged(resolver, facts);
}

/** It was asked with hop limits too small to get there, and no answer came; or it gave the same in every other way of asking. */
export function saysItItself(resolver: string, facts: Facts): boolean {
  const asked = fact(facts, 'name.impostor')?.near.some((one) => one.resolver === resolver) ?? false;
  if (asked) return true;
  const again = (fact(facts, 'name.again')?.answers ?? []).filter((answer) => answer.resolver === resolver);
  return again.some((answer) => isEncrypted(answer) && saidBy(answer) !== null) && !isForged(resolver, facts);
}

function isForged(resolver: string, facts: Facts): boolean {
  return forgerySigns(facts).some((sign) => sign.resolver === resolver);
}

function words({ no, addresses }: Said): string {
  if (no === 'nxdomain') return 'that there is no such name';
  if (no === 'no-data') return 'that the name has no address';
  return addresses.slice(0, 3).join(', ');
}

/** Where whoever answers is, as far as it shows. */
export function sideOfForger(signs: readonly ForgerySign[], asked: string, facts: Facts): Side {
  const who = signs.find((sign) => sign.who !== null)?.who;
  if (who === undefined || who === null)
    return sideOfResolver(asked, facts) === 'local-network' ? 'local-network' : 'path';
  const gateways = fact(facts, 'device.routes')?.defaults.map(({ via }) => via) ?? [];
  return gateways.includes(who) ? 'local-network' : 'path';
}

/** Past whoever answers for others somebody gives addresses for the name. */
export function heardPast(facts: Facts): ForgerySign | null {
  return forgerySigns(facts).find(({ truth }) => truth.length > 0) ?? null;
}

/**
 * That others outside say the same counts: nobody answers for them, or they said it over TLS with their certificate.
 */
export function referencesAreThemselves(facts: Facts, no: 'nxdomain' | 'no-data'): boolean {
  if (forgerySigns(facts).length === 0 && nobodyAnswersForOthers(facts)) return true;
  const own = new Set(fact(facts, 'name.config')?.resolvers.map(({ address }) => address) ?? []);
  return (fact(facts, 'name.again')?.answers ?? []).some(
    (answer) => isEncrypted(answer) && answer.failure?.code === no && !own.has(answer.resolver),
  );
}

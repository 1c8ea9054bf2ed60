/** What resolvers said about the target's name, read off the facts. */
import { canonical, scopeOf } from '../../model/address.js';
import type { Attempt } from '../../model/attempt.js';
import {
  type DirectNames,
  fact,
  type FactKey,
  type Facts,
  type ResolverAnswer,
  type ResolverControl,
} from '../../model/facts.js';
import type { Failure } from '../../model/failure.js';
import type { Culprit, Side } from '../../model/words.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';

/**
 * One resolver's word on the name, over all types that it was asked for:
 * - `addresses`: at least one that can be used; `useless`: only 0.0.0.0 or ::
 * - `nxdomain`, `no-data`: it says that there is no such name, or no address
 * - `fails`: it answers, and not to the question; `unheard`: nothing of DNS came back
 */
export type Word = 'addresses' | 'useless' | 'nxdomain' | 'no-data' | 'fails' | 'unheard';

export interface Opinion {
  readonly resolver: string;
  readonly port: number;
  readonly word: Word;
  readonly answers: readonly ResolverAnswer[];
  readonly addresses: readonly string[];
  /** Zone that vouches for a negative answer, where it can: the name lies in it. */
  readonly zone: string | null;
}

const unheardCodes: ReadonlySet<string> = new Set([
  'timed-out',
  'refused',
  'host-unreachable',
  'network-unreachable',
  'prohibited',
  'not-permitted',
]);

export function opinionsIn(names: DirectNames | undefined): Opinion[] {
  const answers = names?.answers ?? [];
  return [...new Set(answers.map(({ resolver }) => resolver))].map((resolver) =>
    opinionOf(
      resolver,
      answers.filter((answer) => answer.resolver === resolver),
    ),
  );
}

function opinionOf(resolver: string, answers: readonly ResolverAnswer[]): Opinion {
  const addresses = [
    ...new Set(answers.filter(({ failure }) => !failure).flatMap((answer) => answer.addresses.map(canonical))),
  ];
  const vouching = answers.find(
    ({ failure, zone }) => (failure?.code === 'nxdomain' || failure?.code === 'no-data') && zone !== undefined,
  );
  return {
    resolver,
    port: answers[0]?.port ?? 53,
    word: wordOf(answers, addresses),
    answers,
    addresses,
    zone: vouching?.zone ?? null,
  };
}

/** As the system calls are made here: nothing can be sent to a link-local address without an interface (EINVAL). */
export function lacksZone({ code, raw }: Failure): boolean {
  return code === 'failed' && raw.startsWith('EINVAL: zone');
}

function wordOf(answers: readonly ResolverAnswer[], addresses: readonly string[]): Word {
  if (addresses.some((address) => scopeOf(address) !== 'unspecified')) return 'addresses';
  if (addresses.length > 0) return 'useless';
  const codes = answers.map(({ failure }) => failure?.code ?? 'no-data');
  if (codes.includes('nxdomain')) return 'nxdomain';
  if (codes.every((code) => code === 'no-data')) return 'no-data';
  const unheard = answers.every(({ failure }) => failure && (unheardCodes.has(failure.code) || lacksZone(failure)));
  return unheard ? 'unheard' : 'fails';
}

export function directOpinions(facts: Facts): Opinion[] {
  return opinionsIn(fact(facts, 'name.direct'));
}

/** What the reference resolvers agree on, or null: nobody said anything, or they differ. */
export function referenceWord(
  facts: Facts,
): { readonly word: Word; readonly opinions: readonly Opinion[]; readonly addresses: readonly string[] } | null {
  const heard = opinionsIn(fact(facts, 'name.reference')).filter(({ word }) => word !== 'unheard');
  const [first] = heard;
  // One that gives addresses outweighs another that fails: the question is whether the name can be had.
  const giving = heard.filter(({ word }) => word === 'addresses');
  if (giving.length > 0)
    return {
      word: 'addresses',
      opinions: giving,
      addresses: [...new Set(giving.flatMap(({ addresses }) => addresses))],
    };
  return first && heard.every(({ word }) => word === first.word)
    ? { word: first.word, opinions: heard, addresses: [] }
    : null;
}

/** The name that resolvers were asked for: a short one is completed by the search domain. */
export function questionFor(host: string, facts: Facts): string {
  const asked = fact(facts, 'name.direct')?.name;
  return asked !== undefined && asked.startsWith(`${host}.`) ? asked : host;
}

export function controlFor(resolver: string, facts: Facts): ResolverControl | undefined {
  return fact(facts, 'name.direct')?.controls?.find((control) => control.resolver === resolver);
}

/** The opinions that this attempt is about: that of its resolver, or for the name as a whole all of them. */
export function opinionsFor(attempt: Attempt, facts: Facts): Opinion[] {
  const all = directOpinions(facts);
  return attempt.protocol === 'dns' ? all.filter(({ resolver }) => resolver === attempt.address) : all;
}

/** Those of the keys that nobody has tried to measure yet: only asking for these can help. */
export function notYet(facts: Facts, ...keys: FactKey[]): FactKey[] {
  return notYetAsked({ facts }, ...keys);
}

/** Who runs a resolver, as far as its address tells. */
export function sideOfResolver(resolver: string, facts: Facts): Side {
  const scope = scopeOf(resolver);
  if (scope === 'loopback' || scope === 'unspecified') return 'this-device';
  const gateways = fact(facts, 'device.routes')?.defaults.map(({ via }) => via) ?? [];
  return scope !== 'public' || gateways.includes(resolver) ? 'local-network' : 'path';
}

export function resolverCulprit(resolver: string, facts: Facts, name?: string): Culprit {
  const setting = fact(facts, 'name.config')?.resolvers.find(({ address }) => address === resolver);
  return {
    kind: 'resolver',
    address: resolver,
    ...(name !== undefined && { name }),
    ...(setting && { location: setting.location }),
  };
}

/** "this computer's own", "your router's", … for a sentence. */
export function whoseResolver(resolver: string, facts: Facts): string {
  const side = sideOfResolver(resolver, facts);
  if (side === 'this-device') return 'name server on this computer';
  return side === 'local-network' ? 'name server of your network' : 'name server that this computer is set to ask';
}

/** RFC 8914: what a validating resolver says when the signatures of a zone do not hold. */
const bogusCodes: ReadonlySet<number> = new Set([1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 25, 27]);

export function bogusErrors({ answers }: Opinion): string[] {
  const errors = answers.flatMap((answer) => answer.errors).filter(({ code }) => bogusCodes.has(code));
  return [
    ...new Set(
      errors.map(({ code, name, text }) => `extended error ${code} (${name})${text === '' ? '' : `: ${text}`}`),
    ),
  ];
}

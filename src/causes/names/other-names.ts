/** What a configured resolver says to names that nobody can have, and to names that surely have addresses. */
import { canonical } from '../../model/address.js';
import { fact, type Facts, type ResolverAnswer } from '../../model/facts.js';
import type { OtherName } from '../../model/name-facts.js';

function askedOf(resolver: string, about: OtherName['about'], facts: Facts): OtherName[] {
  return (fact(facts, 'name.others') ?? []).filter((one) => one.about === about && one.answer.resolver === resolver);
}

function isNo({ failure }: ResolverAnswer): boolean {
  return failure?.code === 'nxdomain' || failure?.code === 'no-data';
}

/** Of the names that were made up the domains beneath which this one has the address all the same. */
export function givenToNobody(resolver: string, address: string, facts: Facts): string[] {
  return askedOf(resolver, 'made-up', facts)
    .filter(({ answer }) => !answer.failure && answer.addresses.map(canonical).includes(address))
    .map(({ name }) => name);
}

/** It was asked for names that nobody can have, and said no to each. */
export function admitsNobody(resolver: string, facts: Facts): boolean {
  const asked = askedOf(resolver, 'made-up', facts);
  return asked.length > 0 && asked.every(({ answer }) => isNo(answer));
}

/** It gives this very address for each name that surely has another. */
export function givenToAll(resolver: string, address: string, facts: Facts): boolean {
  const asked = askedOf(resolver, 'known', facts);
  return asked.length > 0 && asked.every(({ answer }) => answer.addresses.map(canonical).includes(address));
}

/** Names that surely have addresses, where it has none for any of those that it was asked for; else none. */
export function deniedKnown(resolver: string, facts: Facts): string[] {
  const asked = askedOf(resolver, 'known', facts);
  return asked.every(({ answer }) => isNo(answer)) ? asked.map(({ name }) => name) : [];
}

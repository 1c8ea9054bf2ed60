import { familyOf } from '../../model/address.js';
import type { Scene } from '../../model/cause.js';
import { fact, type Facts, type ReferenceTry } from '../../model/facts.js';

/**
 * Whether anything outside answered. Undefined when no reference was asked. Each family of addresses has its own routes: where
 * a route is in question, only what was asked by the family of `towards` says something about it.
 */
export function outsideAnswers({ facts }: Scene, towards: string | null = null): boolean | undefined {
  const asked = outsideOf(facts, towards);
  if (!asked || asked.every(({ address }) => towards !== null && address === null)) return undefined;
  return asked.some((one) => one.ok);
}

/** Of a computer with a router for each family of addresses only the one that leads there. */
export function gatewayAnswers({ facts }: Scene, towards: string | null): boolean | undefined {
  const family = towards === null ? null : familyOf(towards);
  const asked = fact(facts, 'references')?.filter(
    ({ kind, address }) => kind === 'gateway' && (family === null || address === null || familyOf(address) === family),
  );
  return asked && asked.length > 0 ? asked.some((one) => one.ok) : undefined;
}

/** Names of the references that answered, for evidence. */
export function answeringReferences({ facts }: Scene, towards: string | null = null): string[] {
  return (outsideOf(facts, towards) ?? []).filter((one) => one.ok).map((one) => one.name);
}

/**
 * The router and this device's own resolver are asked as well, and are not outside. One whose name could not be looked up is
 * of no family, and counts in each: it did not answer.
 */
export function outsideOf(facts: Facts, towards: string | null = null): readonly ReferenceTry[] | undefined {
  return fact(facts, 'references')?.filter(
    ({ kind, name, address }) =>
      kind !== 'gateway' &&
      name !== ownResolver &&
      (towards === null || address === null || familyOf(address) === familyOf(towards)),
  );
}

const ownResolver = 'own resolver';

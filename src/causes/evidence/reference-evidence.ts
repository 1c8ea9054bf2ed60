import { familyOf } from '../../model/address.js';
import type { Scene } from '../../model/cause.js';
import { fact, type Facts, type ReferenceTry } from '../../model/facts.js';

/** Whether anything outside answered. Undefined when no reference was asked. */
export function outsideAnswers({ facts }: Scene): boolean | undefined {
  const asked = outsideOf(facts);
  if (!asked || asked.length === 0) return undefined;
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
export function answeringReferences({ facts }: Scene): string[] {
  return (outsideOf(facts) ?? []).filter((one) => one.ok).map((one) => one.name);
}

/** The router and this device's own resolver are asked as well, and are not outside. */
export function outsideOf(facts: Facts): readonly ReferenceTry[] | undefined {
  return fact(facts, 'references')?.filter((one) => one.kind !== 'gateway' && one.name !== ownResolver);
}

const ownResolver = 'own resolver';

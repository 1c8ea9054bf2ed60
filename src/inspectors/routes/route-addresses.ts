import { canonical, familyOf, scopeOf } from '../../model/address.js';
import { fact, type Facts } from '../../model/facts.js';
import { addressesOfTarget } from '../../model/probed.js';

/** Each costs a process of some milliseconds; all run at once. */
const MAX_ADDRESSES = 12;

/** Addresses whose routes matter: the target's, those that were tried, those that DNS gives, and the resolvers'. */
export function routeAddresses(facts: Facts): string[] {
  const direct = fact(facts, 'name.direct')?.answers.flatMap(({ addresses }) => addresses) ?? [];
  const all = [
    ...addressesOfTarget(facts),
    ...(fact(facts, 'connect') ?? []).map(({ address }) => address),
    ...(fact(facts, 'proxy.addresses')?.addresses ?? []).slice(0, 4),
    ...(fact(facts, 'name.config')?.resolvers ?? []).map(({ address }) => address),
    ...(fact(facts, 'redirects') ?? []).flatMap(({ addresses }) => addresses.slice(0, 4)),
    ...(fact(facts, 'connect.elsewhere') ?? []).map(({ address }) => address),
    ...direct,
  ];
  const useful = all.filter((address) => familyOf(address) !== 0 && scopeOf(address) !== 'unspecified').map(canonical);
  return [...new Set(useful)].slice(0, MAX_ADDRESSES);
}

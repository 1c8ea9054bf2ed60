import { scopeOf } from '../../../model/address.js';
import { fact, type Facts, type ResolverAnswer } from '../../../model/facts.js';
import type { Context } from '../../../model/gatherer.js';
import type { Endpoint } from '../../dns/datagram-exchange.js';
import { isPublicName } from '../../../model/public-name.js';
import { referenceResolvers } from '../reference-resolvers.js';

const MAX_EACH = 3;

/** The resolvers that this device is set to ask. */
export function ownResolvers(facts: Facts): Endpoint[] {
  return (fact(facts, 'name.config')?.resolvers ?? [])
    .slice(0, MAX_EACH)
    .map(({ address, port }) => ({ address, port }));
}

/** Those of the settings, where this name may be told to them: exactly where it was told to them already. */
export function toldReferences(facts: Facts, { options }: Pick<Context, 'options'>): Endpoint[] {
  if (!options.references || !isPublicName(facts.target.host) || fact(facts, 'name.reference') === undefined) return [];
  return referenceResolvers(options.settings).slice(0, 2);
}

/** Types of address that the family wants. */
export function typesFor({ options }: Pick<Context, 'options'>): readonly ResolverAnswer['type'][] {
  return options.family === 0 ? ['A', 'AAAA'] : options.family === 4 ? ['A'] : ['AAAA'];
}

export function isLoopback(address: string): boolean {
  return ['loopback', 'unspecified'].includes(scopeOf(address));
}

/** Why there is no name to ask for, or null. */
export function noName({ target }: Facts): string | null {
  if (target.literal !== 0) return 'the target is an address';
  return target.host === '' ? 'the target has no host name' : null;
}

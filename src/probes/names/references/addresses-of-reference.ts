import { familyOf } from '../../../model/address.js';
import type { Context } from '../../../model/gatherer.js';
import { areResolversSilent } from '../../../model/silent-resolvers.js';
import type { QueryResult } from '../../dns/query-result.js';

const MAX_ADDRESSES = 2;

/** Resolves to the answer of a reference resolver to a question for this name, as soon as one gave any. */
export type AskReference = (name: string) => Promise<QueryResult | null>;

/**
 * Addresses of a reference host: from whoever knows them first, the reference resolvers or this device's own way of
 * asking. One of each family at most: a network may have only one of them.
 */
export async function addressesOfReference(
  host: string,
  ask: AskReference,
  { system, options, latest }: Pick<Context, 'system' | 'options' | 'latest'>,
  signal: AbortSignal,
): Promise<string[]> {
  if (familyOf(host) !== 0) return [host];
  const asked = ask(host).then((result) => (result?.kind === 'answer' ? result.addresses : []));
  const looked = system.lookup(host, options.family, signal).then(({ addresses }) => addresses);
  const first = await Promise.race([asked, looked]);
  // What has kept silent for seconds before is waited for no longer than the others are.
  const found = first.length > 0 ? first : [...(await asked), ...(areResolversSilent(latest()) ? [] : await looked)];
  return [4, 6]
    .flatMap((family) => found.find((address) => familyOf(address) === family) ?? [])
    .slice(0, MAX_ADDRESSES);
}

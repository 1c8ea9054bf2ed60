/**
 * What glibc takes from the environment over resolv.conf(5) (resolv/res_init.c): LOCALDOMAIN in place of every `search` and
 * `domain`, RES_OPTIONS behind all `options`. musl reads neither.
 */
import type { ResolverFile } from './resolver-file.js';
import { dotsIn, optionsIn, withoutRepeats } from './resolver-options.js';

const mostBytes = 2_000;
const mostDomains = 16;

export interface OfEnvironment {
  readonly localDomain?: string;
  readonly options?: string;
}

export function ofEnvironment(environment: (name: string) => string | undefined): OfEnvironment {
  const localDomain = environment('LOCALDOMAIN');
  const options = environment('RES_OPTIONS');
  return { ...(localDomain !== undefined && { localDomain }), ...(options !== undefined && { options }) };
}

export function withEnvironment<File extends ResolverFile>(file: File, { localDomain, options }: OfEnvironment): File {
  const written = options?.slice(0, mostBytes) ?? '';
  const ndots = dotsIn(written);
  const more = optionsIn(written, 'RES_OPTIONS in the environment');
  return {
    ...file,
    // An empty one leaves no domain to look in.
    ...(localDomain !== undefined && { search: domainsIn(localDomain), searchAt: 'LOCALDOMAIN in the environment' }),
    ...(ndots !== undefined && { ndots, ndotsAt: 'RES_OPTIONS in the environment' }),
    ...(more.length > 0 && { options: withoutRepeats([...(file.options ?? []), ...more]) }),
  };
}

function domainsIn(text: string): string[] {
  const domains =
    text
      .slice(0, mostBytes)
      .split('\n', 1)[0]
      ?.split(/[ \t]+/) ?? [];
  return domains
    .map((domain) => domain.toLowerCase().replace(/\.$/, ''))
    .filter((domain) => domain !== '')
    .slice(0, mostDomains);
}

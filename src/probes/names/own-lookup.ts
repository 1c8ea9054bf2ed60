/** What getaddrinfo would give to a program whose files these are, without running its C library. */
import { canonical, familyOf } from '../../model/address.js';
import type { Failure } from '../../model/failure.js';
import type { LookupResult, System } from '../../model/system.js';
import { askResolver } from '../dns/exchange.js';
import { TYPE } from '../dns/registry.js';
import { linesFor } from './hosts-file.js';
import { hostsOrder } from './name-service-switch.js';
import { resolverAnswer } from './resolver-answer.js';
import { type Carriers, queryId, resolverExchange } from './resolver-exchange.js';
import { isSearchedFirst, parseResolverFile, type ResolverFile } from './resolver-file.js';

/** resolv.conf(5): 5 s, twice. A diagnosis has no such time: who is silent for this long is silent. */
const patienceMs = [1_000, 2_000];
const mostNames = 4;
const mostBytes = 4 * 1024 * 1024;

type Parts = Carriers & Pick<System, 'files'>;

/**
 * The hosts file, then each resolver in turn, as nsswitch.conf and resolv.conf say; search domains too. Services of the
 * C library beside `files` and `dns` (mDNS, systemd-resolved by its own bus) are not asked.
 */
export function ownLookup(parts: Parts): System['lookup'] {
  return async (host, family, signal) => {
    const text = async (path: string): Promise<string> => {
      const read = await parts.files.read(path, mostBytes);
      return read.ok ? Buffer.from(read.bytes).toString('latin1') : '';
    };
    const [hosts, order, resolvers] = await Promise.all([
      text('/etc/hosts'),
      text('/etc/nsswitch.conf'),
      text('/etc/resolv.conf'),
    ]);
    const services = hostsOrder(order);
    const known = services.filter((service) => service === 'files' || service === 'dns');
    // musl, and glibc without that file: hosts file first (resolv/nss_dns is the default's second).
    for (const service of known.length > 0 ? known : ['files', 'dns']) {
      const found =
        service === 'files'
          ? inHosts(host, family, hosts)
          : await byResolvers(host, family, parseResolverFile(resolvers, '/etc/resolv.conf'), parts, signal);
      if (found) return found;
    }
    return nothing('not-found', 'ENOTFOUND');
  };
}

function inHosts(host: string, family: 0 | 4 | 6, text: string): LookupResult | null {
  const addresses = linesFor(host, text, '/etc/hosts')
    .map(({ address }) => address)
    .filter((address) => family === 0 || familyOf(address) === family);
  return addresses.length > 0 ? { addresses: [...new Set(addresses)] } : null;
}

async function byResolvers(
  host: string,
  family: 0 | 4 | 6,
  file: ResolverFile,
  parts: Parts,
  signal: AbortSignal,
): Promise<LookupResult> {
  const { resolvers } = file;
  const searched = file.search.map((domain) => `${host}.${domain}`);
  const names = isSearchedFirst(host, file) ? [...searched, host] : [host, ...searched];
  let silent = false;
  for (const name of names.slice(0, mostNames)) {
    for (const server of resolvers) {
      const exchange = resolverExchange(parts, null);
      const types = family === 0 ? (['A', 'AAAA'] as const) : family === 4 ? (['A'] as const) : (['AAAA'] as const);
      const results = await askResolver(
        server,
        name,
        types.map((type) => TYPE[type]),
        exchange.io,
        {
          udpTimeoutsMs: patienceMs,
          randomId: () => queryId(parts),
          signal,
        },
      );
      if (signal.aborted) return nothing('timed-out', 'aborted');
      const answers = results.flatMap((result, at) => resolverAnswer(result, types[at] ?? 'A', exchange) ?? []);
      const addresses = answers.flatMap((answer) => answer.addresses.map(canonical));
      if (addresses.length > 0) return { addresses: [...new Set(addresses)] };
      if (
        answers.some(
          ({ failure }) => failure === undefined || failure.code === 'nxdomain' || failure.code === 'no-data',
        )
      ) {
        silent = false;
        break; // a word about the name: the next resolver is not asked
      }
      silent = true;
    }
    if (silent) return nothing('temporary-failure', 'EAI_AGAIN');
  }
  return nothing('not-found', 'ENOTFOUND');
}

function nothing(code: Failure<'resolve'>['code'], raw: string): LookupResult {
  return { addresses: [], failure: { operation: 'resolve', code, raw } };
}

import { fact, type Facts, type TlsReference } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { isSameSite } from '../../model/site.js';
import type { Certificate } from './certificate.js';
import { measureTls } from './measure-later.js';

const mostHosts = 2;
const longestMs = 2_000;
const tlsPorts: ReadonlySet<number> = new Set([443, 853, 8443]);

interface Reference {
  readonly name: string;
  readonly host: string;
  readonly address: string;
  readonly port: number;
}

/**
 * The experiment for somebody who puts himself between: the certificates of hosts that have nothing to do with the target.
 * Only the host changes; the way there and whoever stands in it stay the same.
 */
export const tlsReferences: Gatherer<'tls.references'> = {
  fact: 'tls.references',
  needs: ['tls', 'references'],
  base: false,
  cost: 'heavy',
  platforms: 'any',
  privilege: 'none',
  reference: true,
  when: (facts) => ((fact(facts, 'tls') ?? []).some((one) => one.failure) ? null : 'no handshake has failed'),
  async gather(facts, context) {
    const hosts = unrelated(facts).slice(0, mostHosts);
    if (hosts.length === 0) return skipped('no reference host could be reached');
    const tries = await Promise.all(hosts.map((host) => tryHost(host, context)));
    const done = tries.filter((one) => one !== null);
    return done.length > 0 && !context.signal.aborted ? known(done, 'handshake') : skipped('no handshake was made');
  },
};

/** Reference hosts that answered, of other owners than the target as far as the names tell. */
function unrelated(facts: Facts): Reference[] {
  return (fact(facts, 'references') ?? []).flatMap(({ kind, name, address, port, ok }) => {
    const host = name.replace(/:\d+$/, '');
    const fits = kind === 'host' && ok && address !== null && port !== null && tlsPorts.has(port);
    return fits && !isSameSite(host, facts.target.host, 'registries') ? [{ name, host, address, port }] : [];
  });
}

async function tryHost({ name, host, address, port }: Reference, context: Context): Promise<TlsReference | null> {
  const { system, options, signal, remaining } = context;
  const timeoutMs = Math.max(1, Math.min(longestMs, remaining() / 2));
  const { stream } = await system.sockets.dial({ address, port, timeoutMs, interface: options.interface }, signal).done;
  if (!stream) return null;
  const request = {
    serverName: /^[\d.]+$|:/.test(host) ? null : host,
    applicationProtocols: ['http/1.1'],
    versions: 'usual',
    timeoutMs,
  } as const;
  const measured = await measureTls(stream, { address, port }, host, request, system, signal);
  measured.stream?.destroy();
  return { ...measured.entry, name, public: await isPublic(measured.chain ?? [], host, system.clock.wall().getTime()) };
}

/** This device may lack public authorities, and then everything looks as if somebody were between. */
async function isPublic(chain: readonly Certificate[], host: string, now: number): Promise<boolean> {
  if (chain.length === 0) return false;
  // Verification takes 5 ms to load, which a failed connection has no use for.
  const [{ quickTrust }, { verifyChain }] = await Promise.all([
    import('./trust-index.js'),
    import('./verify-chain.js'),
  ]);
  const { rootCertificates } = process.getBuiltinModule('node:tls');
  return verifyChain(chain, quickTrust(rootCertificates), host, now).anchor !== null;
}

import type { TlsTry } from '../../model/facts.js';
import type { System } from '../../model/system.js';
import type { TrustStore } from '../../model/trust-store.js';
import type { Certificate } from './certificate.js';
import { type QuickTrust, quickTrust } from './trust-index.js';
import { type Verification, verifyChain } from './verify-chain.js';

interface Trust {
  readonly quick: QuickTrust;
  /** The same with what is dear to read; null when there is no such thing. */
  readonly whole: () => Promise<QuickTrust | null>;
  /** All that was read, and where. */
  readonly held: () => Promise<Omit<NonNullable<TlsTry['storeLacks']>, 'holdsPublicly'>>;
}

const mostSources = 4;
const stores = new WeakMap<System, Promise<Trust>>();

/** This device's trust store, read once. */
function trustOf(system: System): Promise<Trust> {
  let trust = stores.get(system);
  if (!trust) {
    trust = system.trustedCertificates().then(readTrust);
    stores.set(system, trust);
  }
  return trust;
}

function readTrust({ pem, sources, hollow, more }: TrustStore): Trust {
  let whole: Promise<QuickTrust> | undefined;
  return {
    quick: quickTrust(pem),
    whole: async () => (more ? (whole ??= more().then((rest) => quickTrust([...pem, ...rest.pem]))) : null),
    held: async () => {
      const rest = await more?.();
      return {
        authorities: pem.length + (rest?.pem.length ?? 0),
        sources: [...sources, ...(rest?.sources ?? [])].slice(0, mostSources),
        ...(hollow && { hollow }),
      };
    },
  };
}

/** Begins to read the store, so that it is at hand when the certificates come. */
export async function readStore(system: System): Promise<void> {
  await trustOf(system);
}

/** Verifies against the store: what was read of it first, and all of it when the chain does not hold by that. */
export async function verifyWithStore(
  chain: readonly Certificate[],
  host: string,
  now: number,
  system: System,
): Promise<Verification> {
  const { quick, whole } = await trustOf(system);
  const verified = verifyChain(chain, quick, host, now);
  const rest = verified.faults.length > 0 ? await whole() : null;
  return rest ? verifyChain(chain, rest, host, now) : verified;
}

/**
 * Where a chain leads to nobody in the store: whether that is the store's own fault. It is empty, as in a sandbox without
 * one, or not the one that was meant to be read, or it lacks an authority that everybody else has. Undefined where none is so.
 */
export async function lackOfStore(
  chain: readonly Certificate[],
  host: string,
  now: number,
  system: System,
): Promise<TlsTry['storeLacks']> {
  const held = await (await trustOf(system)).held();
  const { rootCertificates } = process.getBuiltinModule('node:tls');
  const publicly = verifyChain(chain, quickTrust(rootCertificates), host, now);
  const holdsPublicly = publicly.anchor !== null && publicly.faults.length === 0;
  return held.authorities === 0 || held.hollow || holdsPublicly ? { ...held, holdsPublicly } : undefined;
}

/** Whether Node's bundled list (Mozilla's) has it too: then it is a public authority and nobody's own. */
export async function isPublicRoot(certificate: Certificate): Promise<boolean> {
  const { rootCertificates } = process.getBuiltinModule('node:tls');
  const wanted = Buffer.from(certificate.der).toString('base64');
  // Lines of the bundle have 72 characters, those of other PEM files 64: the first 60 select, the whole decides.
  return rootCertificates.some(
    (pem) => pem.includes(wanted.slice(0, 60)) && pem.replace(/-----.*-----|\s/g, '') === wanted,
  );
}

/**
 * Loads what the first handshake needs, some 10 ms (measured), while the name is still being asked for. Nothing depends
 * on it.
 */
export async function* warmTls(system: System): AsyncIterable<void> {
  const store = trustOf(system);
  yield;
  process.getBuiltinModule('node:crypto');
  yield;
  const tls = process.getBuiltinModule('node:tls');
  yield;
  await store;
  yield;
  tls.createSecureContext({ ca: [] });
}

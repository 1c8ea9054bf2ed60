import type { System } from '../../model/system.js';
import type { Certificate } from './certificate.js';
import { type QuickTrust, quickTrust } from './trust-index.js';

const indexes = new WeakMap<System, Promise<QuickTrust>>();

/** This device's trust store, read once. */
export function trustOf(system: System): Promise<QuickTrust> {
  let index = indexes.get(system);
  if (!index) {
    index = system.trustedCertificates().then((store) => quickTrust(store.pem));
    indexes.set(system, index);
  }
  return index;
}

/** Whether Node's bundled list (Mozilla's) has it too: then it is a public authority and nobody's own. */
export async function isPublicRoot(certificate: Certificate): Promise<boolean> {
  const { rootCertificates } = await import('node:tls');
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
export async function warmTls(system: System): Promise<void> {
  const [tls] = await Promise.all([import('node:tls'), trustOf(system)]);
  tls.createSecureContext({ ca: [] });
}

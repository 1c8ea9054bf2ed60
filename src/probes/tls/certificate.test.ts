import { afterAll, expect, test } from 'vitest';
import { type Certificate, parseCertificate } from './certificate.js';
import { authorityExtensions, serverExtensions, Workshop } from './fixtures/authority.js';
import { quickTrust } from './trust-index.js';
import { verifyChain } from './verify-chain.js';

const workshop = new Workshop();
afterAll(() => workshop.close());

/** Certificates that a byte was changed in, as anybody may send them: read or refused, never a crash. */
test('changed bytes never break the verification', () => {
  const constraints = 'nameConstraints=critical,permitted;DNS:example,permitted;IP:192.0.2.0/255.255.255.0';
  const root = workshop.issue({ subject: '/O=Acme/CN=Root', extensions: [...authorityExtensions, constraints] });
  const leaf = workshop.issue({
    subject: '/O=Acme/CN=shop.example',
    extensions: serverExtensions(
      'DNS:shop.example,IP:192.0.2.7',
      'authorityInfoAccess=caIssuers;URI:http://ca.example/r',
    ),
    issuer: root,
  });
  const [rootDer, leafDer] = [root, leaf].map((one) => Buffer.from(one.pem.replace(/-----.*-----|\s/g, ''), 'base64'));
  if (!rootDer || !leafDer) throw new Error('no certificate');
  const trust = quickTrust([root.pem]);
  let read = 0;
  for (const whole of [rootDer, leafDer]) {
    for (let at = 0; at < whole.length; at++) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      const chain = (whole === leafDer ? [changed, rootDer] : [leafDer, changed]).map(parsedOrNull);
      if (chain.includes(null)) continue;
      read++;
      const { faults } = verifyChain(chain as Certificate[], trust, 'shop.example', Date.now());
      // The root of the store counts, whatever else was sent; a changed leaf's signature no longer fits.
      expect(faults.length > 0, `byte ${at} of the ${whole === leafDer ? 'leaf' : 'root'}`).toBe(whole === leafDer);
    }
  }
  expect(read).toBeGreaterThan(100);
});

function parsedOrNull(der: Uint8Array): Certificate | null {
  try {
    return parseCertificate(der);
  } catch {
    return null;
  }
}

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseCertificate } from './certificate.js';
import { authorityExtensions, type Issued, serverExtensions, Workshop } from './fixtures/authority.js';
import { quickTrust } from './trust-index.js';
import { verifyChain } from './verify-chain.js';

const workshop = new Workshop();
afterAll(() => workshop.close());

const host = 'shop.example';
const der = (issued: Issued): Buffer => Buffer.from(issued.pem.replace(/-----.*-----|\s/g, ''), 'base64');
const expired = { from: '20200101000000Z', until: '20210101000000Z' };

let root: Issued;
let other: Issued;
let middle: Issued;
let leaf: Issued;

beforeAll(() => {
  root = workshop.issue({ subject: '/O=Acme/CN=Acme Root', extensions: authorityExtensions });
  other = workshop.issue({ subject: '/O=Zenith/CN=Zenith Root', extensions: authorityExtensions });
  middle = workshop.issue({ subject: '/O=Acme/CN=Acme Issuing CA', extensions: authorityExtensions, issuer: root });
  leaf = workshop.issue({
    subject: '/CN=shop.example',
    extensions: serverExtensions('DNS:shop.example'),
    issuer: middle,
  });
});

function verify(sent: readonly Issued[], trusted: readonly Issued[], name = host, now = Date.now()): string[] {
  const chain = sent.map((one) => parseCertificate(der(one)));
  return verifyChain(chain, quickTrust(trusted.map((one) => one.pem)), name, now).faults.map((fault) => fault.code);
}

/** What OpenSSL itself says of the same: the oracle. */
function opensslAccepts(sent: readonly Issued[], trusted: readonly Issued[], name = host): boolean {
  const store = workshop.path('store.pem');
  const chain = workshop.path('sent.pem');
  writeFileSync(store, trusted.map((one) => one.pem).join(''));
  writeFileSync(
    chain,
    sent
      .slice(1)
      .map((one) => one.pem)
      .join(''),
  );
  const untrusted = sent.length > 1 ? ['-untrusted', chain] : [];
  const subject = isIP(name) ? ['-verify_ip', name] : ['-verify_hostname', name];
  const options = ['-no-CApath', '-no-CAstore', '-partial_chain', '-purpose', 'sslserver', '-auth_level', '1'];
  return (
    spawnSync('openssl', ['verify', ...options, '-CAfile', store, ...untrusted, ...subject, sent[0]?.file ?? ''])
      .status === 0
  );
}

/** Both verdicts, which must agree; and the names of the faults. */
function judged(sent: readonly Issued[], trusted: readonly Issued[], name = host): string[] {
  const faults = verify(sent, trusted, name);
  expect(faults.length === 0, `openssl disagrees: ${faults.join()}`).toBe(opensslAccepts(sent, trusted, name));
  return faults;
}

describe('chains that hold', () => {
  test('through an intermediate, in any order, with strangers in between', () => {
    expect(judged([leaf, middle], [other, root])).toEqual([]);
    expect(judged([leaf, root, other, middle, middle], [root])).toEqual([]);
  });

  test('the server’s own certificate in the store', () => {
    const own = workshop.issue({ subject: '/CN=shop.example', extensions: ['subjectAltName=DNS:shop.example'] });
    expect(judged([own], [own])).toEqual([]);
  });

  test('an intermediate in the store, its root nowhere', () => {
    expect(judged([leaf], [middle])).toEqual([]);
  });

  test('an expired cross-signature beside a root that is trusted', () => {
    const old = workshop.issue({ subject: '/O=Old/CN=Old Root', extensions: authorityExtensions, ...expired });
    const cross = workshop.issue({
      subject: '/O=Acme/CN=Acme Root',
      extensions: authorityExtensions,
      issuer: old,
      keyOf: root,
      ...expired,
    });
    expect(judged([leaf, middle, cross], [root, old])).toEqual([]);
    expect(judged([leaf, middle, cross], [root])).toEqual([]);
  });

  test('a cross-signature by a root that is trusted, the new root not yet being', () => {
    const cross = workshop.issue({
      subject: '/O=Acme/CN=Acme Root',
      extensions: authorityExtensions,
      issuer: other,
      keyOf: root,
    });
    expect(judged([leaf, middle, cross], [other])).toEqual([]);
    // OpenSSL takes the first issuer that was sent and never looks back; browsers find the other way.
    expect(verify([leaf, middle, root, cross], [other])).toEqual([]);
  });

  test('a renewed root beside the expired one of the same name and key', () => {
    const dead = workshop.issue({
      subject: '/O=Acme/CN=Acme Root',
      extensions: authorityExtensions,
      keyOf: root,
      ...expired,
    });
    expect(judged([leaf, middle], [dead, root])).toEqual([]);
    expect(judged([leaf, middle], [root, dead])).toEqual([]);
  });

  test('two roots of the same name with different keys', () => {
    const twin = workshop.issue({ subject: '/O=Acme/CN=Acme Root', extensions: ['basicConstraints=critical,CA:TRUE'] });
    const plain = workshop.issue({
      subject: '/CN=shop.example',
      extensions: ['subjectAltName=DNS:shop.example'],
      issuer: root,
    });
    // OpenSSL stops at the first namesake where no key identifier tells them apart; browsers go on.
    expect(verify([plain], [twin, root])).toEqual([]);
    expect(judged([leaf, middle], [twin, root])).toEqual([]);
  });

  test('a name spelled in other string types, case and blanks', () => {
    const spelled = workshop.issue({ subject: '/O=ÄCME  Trust/CN=Root  a', extensions: authorityExtensions });
    const below = workshop.issue({
      subject: '/CN=shop.example',
      extensions: serverExtensions('DNS:shop.example'),
      issuer: spelled,
    });
    expect(judged([below], [spelled])).toEqual([]);
  });

  test('wildcards, addresses, and the common name where nothing else is given', () => {
    const wild = workshop.issue({
      subject: '/CN=x',
      extensions: serverExtensions('DNS:*.example.com,IP:192.0.2.7,IP:2001:db8::7'),
      issuer: middle,
    });
    expect(judged([wild, middle], [root], 'a.example.com')).toEqual([]);
    expect(judged([wild, middle], [root], '192.0.2.7')).toEqual([]);
    expect(judged([wild, middle], [root], '2001:db8::7')).toEqual([]);
    expect(judged([wild, middle], [root], 'a.b.example.com')).toEqual(['name-mismatch']);
    expect(judged([wild, middle], [root], '192.0.2.8')).toEqual(['name-mismatch']);
    const bare = workshop.issue({ subject: '/CN=bare.example', issuer: middle });
    expect(judged([bare, middle], [root], 'bare.example')).toEqual([]);
  });
});

describe('faults by name', () => {
  test('dates', () => {
    const late = workshop.issue({
      subject: '/CN=s',
      extensions: serverExtensions('DNS:shop.example'),
      issuer: middle,
      ...expired,
    });
    const early = workshop.issue({
      subject: '/CN=s',
      extensions: serverExtensions('DNS:shop.example'),
      issuer: middle,
      from: '20480101000000Z',
    });
    expect(judged([late, middle], [root])).toEqual(['expired']);
    expect(judged([early, middle], [root])).toEqual(['not-yet-valid']);
  });

  test('an expired intermediate and an expired root', () => {
    const old = workshop.issue({
      subject: '/O=Acme/CN=Acme Old CA',
      extensions: authorityExtensions,
      issuer: root,
      ...expired,
    });
    const below = workshop.issue({ subject: '/CN=s', extensions: serverExtensions('DNS:shop.example'), issuer: old });
    expect(judged([below, old], [root])).toEqual(['expired']);
    const dead = workshop.issue({ subject: '/CN=Dead Root', extensions: authorityExtensions, ...expired });
    const orphan = workshop.issue({ subject: '/CN=s', extensions: serverExtensions('DNS:shop.example'), issuer: dead });
    expect(judged([orphan], [dead])).toEqual(['expired']);
  });

  test('somebody else’s certificate', () => {
    expect(judged([leaf, middle], [root], 'else.example')).toEqual(['name-mismatch']);
  });

  test('signed by itself, and by an unknown root', () => {
    const own = workshop.issue({ subject: '/CN=shop.example', extensions: ['subjectAltName=DNS:shop.example'] });
    expect(judged([own], [root])).toEqual(['self-signed']);
    expect(judged([leaf, middle, root], [other])).toEqual(['untrusted-root']);
    expect(judged([leaf, middle], [other])).toEqual(['untrusted-root']);
  });

  test('an impostor of the same name as a trusted root', () => {
    const impostor = workshop.issue({ subject: '/O=Acme/CN=Acme Root', extensions: authorityExtensions });
    const below = workshop.issue({
      subject: '/CN=s',
      extensions: ['subjectAltName=DNS:shop.example'],
      issuer: impostor,
    });
    expect(judged([below], [root])).toEqual(['untrusted-root']);
    expect(judged([below, impostor], [root])).toEqual(['untrusted-root']);
  });

  test('an intermediate that was not sent, told from an unknown root', () => {
    expect(judged([leaf], [root])).toEqual(['chain-incomplete']);
    const announced = workshop.issue({
      subject: '/CN=s',
      extensions: serverExtensions('DNS:shop.example', 'authorityInfoAccess=caIssuers;URI:http://ca.example/m.der'),
      issuer: middle,
    });
    expect(judged([announced], [other])).toEqual(['chain-incomplete']);
    const direct = workshop.issue({
      subject: '/CN=s',
      extensions: serverExtensions('DNS:shop.example'),
      issuer: other,
    });
    expect(judged([direct], [root])).toEqual(['untrusted-root']);
  });

  test('several at once, the most basic first', () => {
    const own = workshop.issue({
      subject: '/CN=else.example',
      extensions: ['subjectAltName=DNS:else.example'],
      ...expired,
    });
    expect(judged([own], [root])).toEqual(['self-signed', 'name-mismatch', 'expired']);
  });

  test('certificates that nobody may use so', () => {
    const notCa = workshop.issue({
      subject: '/O=Acme/CN=Not a CA',
      extensions: ['basicConstraints=CA:FALSE'],
      issuer: root,
    });
    const below = workshop.issue({ subject: '/CN=s', extensions: ['subjectAltName=DNS:shop.example'], issuer: notCa });
    expect(judged([below, notCa], [root])).toEqual(['certificate-invalid']);
    const mail = workshop.issue({
      subject: '/CN=s',
      extensions: serverExtensions('DNS:shop.example', 'extendedKeyUsage=emailProtection'),
      issuer: middle,
    });
    expect(judged([mail, middle], [root])).toEqual(['certificate-invalid']);
    const critical = workshop.issue({
      subject: '/CN=s',
      extensions: serverExtensions('DNS:shop.example', '1.2.3.4=critical,ASN1:UTF8String:x'),
      issuer: middle,
    });
    expect(judged([critical, middle], [root])).toEqual(['certificate-invalid']);
    const short = workshop.issue({
      subject: '/CN=Short',
      extensions: ['basicConstraints=critical,CA:TRUE,pathlen:0', 'keyUsage=keyCertSign'],
      issuer: root,
    });
    const deep = workshop.issue({ subject: '/CN=Deep', extensions: authorityExtensions, issuer: short });
    const deepest = workshop.issue({ subject: '/CN=s', extensions: ['subjectAltName=DNS:shop.example'], issuer: deep });
    expect(judged([deepest, deep, short], [root])).toEqual(['certificate-invalid']);
    const sha1 = workshop.issue({
      subject: '/CN=s',
      extensions: serverExtensions('DNS:shop.example'),
      issuer: middle,
      digest: 'sha1',
    });
    expect(judged([sha1, middle], [root])).toEqual(['certificate-invalid']);
  });

  test.each([
    ['permitted;DNS:example.com', 'www.example.com', []],
    ['permitted;DNS:example.com', 'www.other.example', ['certificate-invalid']],
    ['permitted;DNS:.example.com', 'www.example.com', []],
    ['excluded;DNS:example.com', 'www.example.com', ['certificate-invalid']],
    ['permitted;IP:192.0.2.0/255.255.255.0', '192.0.2.7', []],
    ['permitted;IP:192.0.2.0/255.255.255.0', '198.51.100.7', ['certificate-invalid']],
    ['permitted;email:example.com', 'www.example.com', []],
  ])('name constraints: %s for %s', (constraint, name, faults) => {
    const limited = workshop.issue({
      subject: '/CN=Limited',
      extensions: [...authorityExtensions, `nameConstraints=critical,${constraint}`],
      issuer: root,
    });
    const kind = /^[\d.]+$/.test(name) ? 'IP' : 'DNS';
    const below = workshop.issue({ subject: '/O=x', extensions: serverExtensions(`${kind}:${name}`), issuer: limited });
    expect(judged([below, limited], [root], name)).toEqual(faults);
  });

  test('a directory name outside of what is permitted', () => {
    const limited = workshop.issue({
      subject: '/CN=Limited',
      extensions: [...authorityExtensions, 'nameConstraints=critical,permitted;dirName:dn', '[dn]', 'O=Acme'],
      issuer: root,
    });
    const inside = workshop.issue({
      subject: '/O=ACME/CN=a',
      extensions: serverExtensions('DNS:shop.example'),
      issuer: limited,
    });
    const outside = workshop.issue({
      subject: '/O=Zenith/CN=a',
      extensions: serverExtensions('DNS:shop.example'),
      issuer: limited,
    });
    expect(judged([inside, limited], [root])).toEqual([]);
    expect(judged([outside, limited], [root])).toEqual(['certificate-invalid']);
  });
});

test('a chain of strangers without end is bounded', () => {
  const many: Issued[] = [];
  for (let i = 0; i < 4; i++) {
    many.push(
      workshop.issue({
        subject: '/CN=Ring',
        extensions: ['basicConstraints=critical,CA:TRUE'],
        ...(many.at(-1) && { issuer: many.at(-1) as Issued }),
      }),
    );
  }
  const below = workshop.issue({
    subject: '/CN=s',
    extensions: ['subjectAltName=DNS:shop.example'],
    issuer: many[3] as Issued,
  });
  expect(verify([below, ...many], [root])).toEqual(['untrusted-root']);
});

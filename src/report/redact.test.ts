import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inPrefix, scopeOf } from '../model/address.js';
import { parseTarget } from '../model/parse-target.js';
import type { Report } from '../model/report.js';
import * as samples from './fixtures/reports.js';
import { renderJson } from './json.js';
import { pseudonyms } from './pseudonyms.js';
import { redact } from './redact.js';

const full: Report = samples.report(
  'https://intern.acme-corp.com:8443/geheim/akte?x',
  {
    cause: 'rejected-by-hop',
    side: 'path',
    certainty: 'confirmed',
    summary: 'Your provider blocks intern.acme-corp.com (93.184.216.34).',
    culprit: { kind: 'hop', address: '93.184.216.1', location: '/etc/hosts:12' },
    advice: 'ask alice@acme-corp.com or see https://wiki.acme-corp.com/geheim/akte',
  },
  {
    target: {
      input: 'https://intern.acme-corp.com:8443/geheim/akte',
      scheme: 'https',
      host: 'intern.acme-corp.com',
      port: 8443,
      addresses: ['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'],
    },
    evidence: [
      {
        fact: 'name.direct',
        says: '10.99.1.53 and fd12:3456:789a::53 say 93.184.216.34; name.system and resolv.conf agree with alice',
      },
    ],
  },
  {
    'device.self': { ...samples.user },
    'device.neighbours': [{ address: '10.99.1.1', device: 'eth0', state: 'reachable', mac: '3c:22:fb:aa:bb:cc' }],
    'name.hosts': [{ address: '10.99.1.7', location: '/etc/hosts:12', text: '10.99.1.7 intern.acme-corp.com printer' }],
    http: [
      {
        address: '93.184.216.34',
        port: 8443,
        url: 'https://intern.acme-corp.com:8443/geheim/akte',
        ms: 1,
        status: 403,
        bodyBytes: 9,
        headers: {
          server: 'nginx',
          'x-session': 'geheim',
          location: 'https://login.acme-corp.com/geheim/akte?next=geheim',
        },
        bodyHead: 'Dear geheim',
      },
    ],
    tls: [
      {
        address: '93.184.216.34',
        port: 8443,
        serverName: 'intern.acme-corp.com',
        ms: 1,
        faults: [],
        clientCertificateAsked: false,
        ocsp: 'absent',
        wallClock: 'x',
        chain: [
          {
            subject: 'CN=*.acme-corp.com, O=Acme Corporation',
            issuer: 'CN=R11, O=Public CA',
            names: ['*.acme-corp.com'],
            notBefore: 'x',
            notAfter: 'y',
            fingerprint256: 'AA:BB:CC',
            selfSigned: false,
            isCa: false,
          },
        ],
      },
    ],
  },
);

describe('redact', () => {
  const hidden = redact(full);
  const json = renderJson(hidden);

  it.each(['acme', 'intern', '93.184', '2606:', '10.99', 'fd12', 'alice', 'geheim', '3c:22', 'AA:BB', 'Acme', 'Dear'])(
    'leaves no %s',
    (secret) => {
      expect(json.toLowerCase()).not.toContain(secret.toLowerCase());
    },
  );

  it('keeps what is nobody’s', () => {
    for (const word of [
      '/etc/hosts:12',
      'nginx',
      'Public CA',
      'name.system',
      'resolv.conf',
      'rejected-by-hop',
      'eth0',
    ]) {
      expect(json).toContain(word);
    }
  });

  it('gives the same stand-in everywhere', () => {
    const { host, addresses } = hidden.target;
    expect(hidden.facts.target.host).toBe(host);
    expect(hidden.verdict.summary).toBe(`Your provider blocks ${host} (${addresses[0] ?? ''}).`);
    expect(json).toContain(`https://${host}:8443/path-1`);
    expect(hidden.as.user).toBe('user-1');
    expect(redact(full)).toEqual(hidden);
  });

  it('leaves a target that can be typed', () => {
    const parsed = parseTarget(hidden.target.input);
    expect(parsed.ok && parsed.target).toEqual(hidden.facts.target);
  });

  it('keeps parents and wildcards of names', () => {
    const parent = hidden.target.host.split('.').slice(1).join('.');
    expect(json).toContain(`*.${parent}`);
  });

  it('takes no name of a fact for a host, and no host for a name of a fact', () => {
    const report = samples.report(
      'https://shop.example/',
      {},
      {
        unknown: [{ cause: 'address-conflict', missing: 'link.owners, device.firewallLog' }],
        evidence: [{ fact: 'tls', says: 'the certificate is for device.corp' }],
      },
    );
    expect(redact(report).unknown[0]?.missing).toBe('link.owners, device.firewallLog');
    expect(renderJson(redact(report))).not.toContain('device.corp');
  });

  it('hides single words where they are hosts, and paths without a scheme', () => {
    const plain = redact(
      samples.report('fileserver/geheim/akte', { summary: 'fileserver does not answer; the fileservers do' }),
    );
    expect(plain.target.input).toBe('n1/path-1');
    expect(plain.verdict.summary).toBe('n1 does not answer; the fileservers do');
  });
});

describe('stand-ins of addresses', () => {
  const octet = fc.integer({ min: 0, max: 255 });
  const within = fc
    .tuple(
      fc.constantFrom('10', '172.16', '172.31', '192.168', '100.64', '169.254', '93.184', '127.0', '224.0'),
      octet,
      octet,
      octet,
    )
    .map(([start, ...rest]) => [...start.split('.'), ...rest].slice(0, 4).join('.'));

  it('are of the same kind, different for different addresses, and keep the prefixes of private ones', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(within, { minLength: 2, maxLength: 12 }),
        fc.integer({ min: 8, max: 24 }),
        (all, bits) => {
          const stand = pseudonyms();
          const out = all.map((one) => stand.address(one));
          expect(new Set(out).size).toBe(all.length);
          expect(out.map(scopeOf)).toEqual(all.map(scopeOf));
          all.forEach((a, i) =>
            all.forEach((b, j) => {
              if (scopeOf(a) === 'public' || scopeOf(b) === 'public') return;
              expect(inPrefix(out[i] ?? '', `${out[j] ?? ''}/${bits}`)).toBe(inPrefix(a, `${b}/${bits}`));
            }),
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  it('of IPv6 keep their kind and their network', () => {
    const stand = pseudonyms();
    const all = [
      '2606:2800:220:1::1',
      '2606:2800:220:1:3::9',
      '2606:2800:220:2::1',
      'fe80::1',
      'fd00:1::1',
      'fd00:2::1',
      '::ffff:10.0.0.1',
    ];
    const out = all.map((one) => stand.address(one));
    expect(out.map(scopeOf)).toEqual(all.map(scopeOf));
    expect(inPrefix(out[1] ?? '', `${out[0] ?? ''}/64`)).toBe(true);
    expect(inPrefix(out[2] ?? '', `${out[0] ?? ''}/64`)).toBe(false);
    expect(stand.address('::1')).toBe('::1');
    expect(stand.address('fe80::5%eth0')).toMatch(/%eth0$/);
  });
});

it('hides whose a file is, unless it is one of the system', () => {
  const file = { path: '/run/app.sock', mode: '0660', owner: 'gesine', group: 'docker' };
  const value = {
    path: '/run/app.sock',
    kind: 'socket',
    file,
    barrier: null,
    existing: null,
    listening: null,
    elsewhere: [],
  } as const;
  const text = JSON.stringify(
    redact({
      ...full,
      verdict: { ...full.verdict, culprit: { kind: 'file', name: '/run/app.sock', owner: 'gesine:docker, mode 0660' } },
      facts: { ...full.facts, 'device.socketFile': samples.knownFact(value) },
    }),
  );
  expect(text).not.toContain('gesine');
  expect(text).toContain('docker');
});

it('hides whose network a router is in', () => {
  const owner = {
    address: '203.0.113.1',
    name: 'bras1.kleinstadt.example',
    network: { number: 64_500, organisation: 'Stadtwerke Kleinstadt' },
  };
  const says =
    '203.0.113.1 is called bras1.kleinstadt.example and lies in the network of Stadtwerke Kleinstadt (AS64500)';
  const text = JSON.stringify(
    redact({
      ...full,
      evidence: [{ fact: 'path.owners', says }],
      facts: { ...full.facts, 'path.owners': samples.knownFact([owner]) },
    }),
  );
  expect(text).not.toMatch(/kleinstadt|64500/i);
});

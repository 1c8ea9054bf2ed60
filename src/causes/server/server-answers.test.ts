import { describe, expect, test } from 'vitest';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Finding, Scene } from '../../model/cause.js';
import type { CertificateFact, Facts, HttpTry, ReferenceTry, TlsTry, TlsVariations } from '../../model/facts.js';
import type { Failure } from '../../model/failure.js';
import type { Observed } from '../../model/observed.js';
import { parseTarget } from '../../model/parse-target.js';
import { cause as wrongScheme } from '../target/wrong-scheme-or-port.js';
import { cause as chainIncomplete } from './certificate-chain-incomplete.js';
import { cause as expired } from './certificate-expired.js';
import { cause as nameMismatch } from './certificate-name-mismatch.js';
import { cause as notYetValid } from './certificate-not-yet-valid.js';
import { cause as untrusted } from './certificate-untrusted.js';
import { cause as clientCertificate } from './client-certificate-required.js';
import { cause as gateway } from './gateway-upstream-down.js';
import { cause as forbidden } from './http-forbidden.js';
import { cause as proxyRefuses } from '../network/proxy-refuses.js';
import { cause as serverError } from './http-server-error.js';
import { cause as legalBlock } from './legal-block.js';
import { cause as closesAtOnce } from './server-closes-at-once.js';
import { cause as notResponding } from './server-not-responding.js';
import { cause as starting } from './service-starting.js';
import { cause as versionMismatch } from './tls-version-mismatch.js';

const address = '198.51.100.10';
const now = '2026-06-01T12:00:00.000Z';

function known<T>(value: T): Observed<T> {
  return { state: 'known', value, at: 0, ms: 1, source: 'test' };
}

const certificate: CertificateFact = {
  subject: 'CN=shop.example.com',
  issuer: 'O=Acme, CN=Acme Issuing CA',
  names: ['shop.example.com'],
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: '2026-12-31T00:00:00.000Z',
  fingerprint256: 'AA',
  selfSigned: false,
  isCa: false,
};
const publicAnchor = { subject: 'O=Acme, CN=Acme Root', fingerprint256: 'BB', public: true };

function tls(more: Partial<TlsTry> = {}, code?: Failure<'tls'>['code'], raw = ''): TlsTry {
  const failure = code && ({ operation: 'tls', code, raw } as const);
  return {
    address,
    port: 443,
    serverName: 'shop.example.com',
    ms: 5,
    alpn: null,
    chain: [],
    faults: [],
    clientCertificateAsked: false,
    ocsp: 'absent',
    wallClock: now,
    ...(failure && { failure }),
    ...more,
  };
}

/** A handshake that was done, with a certificate at fault. */
function faulty(
  code: Failure<'tls'>['code'],
  more: Partial<TlsTry> = {},
  raw = `X at depth 0: CN=shop.example.com`,
): TlsTry {
  return tls(
    { version: 'TLSv1.3', chain: [certificate], faults: [{ operation: 'tls', code, raw }], ...more },
    code,
    raw,
  );
}

const held = tls({ version: 'TLSv1.3', chain: [certificate], anchor: publicAnchor });

function http(status: number, code?: Failure<'http'>['code'], more: Partial<HttpTry> = {}): HttpTry {
  const failure = code && ({ operation: 'http', code, raw: `${status}` } as const);
  return {
    address,
    port: 443,
    url: 'https://shop.example.com/',
    ms: 5,
    headers: {},
    bodyBytes: 0,
    status,
    ...(failure && { failure }),
    ...more,
  };
}

const portalIsFine: ReferenceTry = { kind: 'portal', name: 'p', address: null, port: null, ok: true, ms: 1 };

function judge(cause: Cause, facts: Partial<Facts>, input = 'https://shop.example.com/'): Finding {
  const parsed = parseTarget(input);
  if (!parsed.ok) throw new Error(parsed.why);
  const all: Facts = { target: parsed.target, ...facts };
  const step = (['greeting', 'http', 'tls'] as const).find((key) => all[key]?.state === 'known') ?? 'tls';
  const observed = all[step];
  const tries = observed?.state === 'known' ? observed.value : [];
  const one = tries.find((other) => other.failure !== undefined);
  if (!one?.failure) throw new Error('nothing failed');
  const stage = step === 'greeting' ? 'service' : step;
  const attempt: FailedAttempt = {
    id: `${stage}:x`,
    stage,
    protocol: stage,
    host: parsed.target.host,
    address: one.address,
    port: one.port,
    on: null,
    hop: 0,
    outcome: one.failure,
  };
  const scene: Scene = { facts: all, attempts: [attempt] };
  expect(cause.symptoms).toContain(`${one.failure.operation}/${one.failure.code}`);
  return cause.judge(attempt, scene);
}

type Variation = TlsVariations['tries'][number];
const vary = (...tries: Variation[]): Observed<TlsVariations> => known({ tries });

describe('certificates', () => {
  test('expired: proven only with another clock and a public signer', () => {
    const old = { ...certificate, notAfter: '2026-05-01T00:00:00.000Z' };
    const agreed = { chain: [old], anchor: publicAnchor, serverDate: '2026-06-01T12:00:30.000Z' };
    expect(judge(expired, { tls: known([faulty('expired', agreed)]) })).toMatchObject({
      says: 'proven',
      culprit: { kind: 'certificate' },
    });
    expect(
      judge(expired, { tls: known([faulty('expired', { ...agreed, anchor: { ...publicAnchor, public: false } })]) })
        .says,
    ).toBe('fits');
    expect(judge(expired, { tls: known([faulty('expired', { chain: [old], anchor: publicAnchor })]) })).toMatchObject({
      says: 'fits',
      missing: ['references', 'clocks'],
    });
  });

  test('expired or not yet valid by this clock alone: ruled out by the server’s', () => {
    const late = faulty('expired', { chain: [certificate], serverDate: now, wallClock: '2031-01-01T00:00:00.000Z' });
    expect(judge(expired, { tls: known([late]) }).says).toBe('ruledOut');
    const early = faulty('not-yet-valid', { serverDate: now, wallClock: '2020-01-01T00:00:00.000Z' });
    expect(judge(notYetValid, { tls: known([early]) }).says).toBe('ruledOut');
  });

  test('an expired intermediate is the culprit by name', () => {
    const middle = {
      ...certificate,
      subject: 'O=Acme, CN=Acme Issuing CA',
      names: [],
      notAfter: '2026-02-01T00:00:00.000Z',
    };
    const one = faulty(
      'expired',
      { chain: [certificate, middle] },
      'CERT_HAS_EXPIRED at depth 1: O=Acme, CN=Acme Issuing CA',
    );
    expect(judge(expired, { tls: known([one]) })).toMatchObject({ culprit: { name: 'Acme Issuing CA' } });
  });

  test('another name: proven for a kindred one, a guess for a stranger’s', () => {
    const hosts = known([]);
    const kindred = faulty('name-mismatch', {
      chain: [{ ...certificate, names: ['example.com', 'www.example.com'] }],
      anchor: publicAnchor,
    });
    expect(judge(nameMismatch, { tls: known([kindred]), 'name.hosts': hosts }).says).toBe('proven');
    expect(judge(nameMismatch, { tls: known([kindred]) })).toMatchObject({ says: 'fits', missing: ['name.hosts'] });
    const stranger = faulty('name-mismatch', {
      chain: [{ ...certificate, names: ['portal.hotel.example'] }],
      anchor: publicAnchor,
    });
    expect(judge(nameMismatch, { tls: known([stranger]), 'name.hosts': hosts }).says).toBe('fits');
    const line = known([{ address, location: '/etc/hosts:3', text: '' }]);
    expect(judge(nameMismatch, { tls: known([kindred]), 'name.hosts': line }).says).toBe('fits');
  });

  test('a missing intermediate and an unknown root exclude each other as far as can be seen', () => {
    const incomplete = { tls: known([faulty('chain-incomplete')]) };
    expect(judge(chainIncomplete, incomplete).says).toBe('fits');
    expect(judge(untrusted, incomplete).says).toBe('unknown');
    const root = { ...certificate, selfSigned: true };
    const unknown = { tls: known([faulty('untrusted-root', { chain: [certificate, root] })]) };
    expect(judge(chainIncomplete, unknown).says).toBe('ruledOut');
    expect(judge(untrusted, unknown).says).toBe('fits');
  });
});

describe('versions and closed doors', () => {
  const broken = tls({}, 'closed');
  const same: Variation = { ...broken, variation: 'same' };

  test('an old handshake that works, beside the usual one that fails again, proves it', () => {
    const one = { tls: known([tls({ alert: 70 }, 'protocol-version')]) };
    const old: Variation = { ...tls({ version: 'TLSv1.1', chain: [certificate] }), variation: 'old-versions' };
    const again: Variation = { ...tls({}, 'protocol-version'), variation: 'same' };
    expect(judge(versionMismatch, one)).toMatchObject({ says: 'fits', missing: ['tls.variations'] });
    expect(judge(versionMismatch, { ...one, 'tls.variations': vary(old, again) })).toMatchObject({
      says: 'proven',
      culprit: { name: 'TLSv1.1' },
    });
    expect(judge(versionMismatch, { ...one, 'tls.variations': vary(old) }).says).toBe('fits');
  });

  test('closed whatever is said: the server; answers to another name: not the server alone', () => {
    const one = { tls: known([broken]) };
    expect(judge(closesAtOnce, one)).toMatchObject({ says: 'fits', missing: ['tls.variations'] });
    expect(judge(versionMismatch, one)).toMatchObject({ says: 'unknown', missing: ['tls.variations'] });
    const all = vary(
      same,
      { ...broken, variation: 'other-name' },
      { ...broken, variation: 'old-versions' },
      { ...http(0), ...broken, variation: 'plain-http' },
    );
    expect(judge(closesAtOnce, { ...one, 'tls.variations': all }).says).toBe('fits');
    const cutShort = vary(same, { ...broken, variation: 'old-versions' });
    expect(judge(closesAtOnce, { ...one, 'tls.variations': cutShort })).toMatchObject({
      says: 'fits',
      missing: ['tls.variations'],
    });
    expect(judge(versionMismatch, { ...one, 'tls.variations': all }).says).toBe('ruledOut');
    expect(judge(wrongScheme, { ...one, 'tls.variations': all }).says).toBe('ruledOut');
    const named = vary(same, { ...held, variation: 'other-name' });
    expect(judge(closesAtOnce, { ...one, 'tls.variations': named }).says).toBe('ruledOut');
  });

  test('a client certificate that was asked for explains the closed door', () => {
    const one = { tls: known([tls({ clientCertificateAsked: true }, 'closed')]) };
    expect(judge(clientCertificate, one).says).toBe('fits');
    expect(judge(closesAtOnce, one).says).toBe('ruledOut');
    expect(judge(clientCertificate, { tls: known([broken]) }).says).toBe('ruledOut');
    const said = { tls: known([tls({ clientCertificateAsked: true }, 'client-certificate-required', 'alert 116')]) };
    expect(judge(clientCertificate, said).says).toBe('proven');
  });

  test('silence for this name only is no hanging server', () => {
    const one = { tls: known([tls({}, 'timed-out')]) };
    const named = vary({ ...tls({}, 'timed-out'), variation: 'same' }, { ...held, variation: 'other-name' });
    expect(judge(notResponding, { ...one, 'tls.variations': named }).says).toBe('ruledOut');
    expect(judge(notResponding, one).says).toBe('fits');
    // Small packets were answered: no program hangs there.
    const sizes = (held: boolean) =>
      known([
        {
          address,
          port: 443,
          step: 'tls' as const,
          packets: [],
          largest: 1280,
          tooLarge: 1304,
          reach: null,
          tries: [
            { size: 1280, held: true, ms: 9 },
            { size: null, held, ms: 900 },
          ],
        },
      ]);
    expect(judge(notResponding, { ...one, 'path.sizes': sizes(false) }).says).toBe('unknown');
    expect(judge(notResponding, { ...one, 'path.sizes': sizes(true) }).says).toBe('fits');
  });
});

describe('another protocol', () => {
  const plain = (status: number): Variation => ({ ...tls(), variation: 'plain-http', status });

  test('by its words, and by an experiment', () => {
    const ssh = { tls: known([{ ...tls({ plainGreeting: 'SSH-2.0-OpenSSH_9.2\r\n' }, 'not-tls'), port: 22 }]) };
    expect(judge(wrongScheme, ssh, 'https://shop.example.com:22/')).toMatchObject({
      says: 'fits',
      culprit: { name: 'ssh://shop.example.com:22' },
    });
    const port = { tls: known([{ ...tls({ plainGreeting: 'HTTP/1.1 400 Bad Request\r\n' }, 'not-tls'), port: 8080 }]) };
    const works = { ...port, 'tls.variations': vary({ ...plain(200), port: 8080 }) };
    const at8080 = 'https://shop.example.com:8080/';
    expect(judge(wrongScheme, works, at8080)).toMatchObject({ says: 'fits', missing: ['references', 'connect.near'] });
    const { address } = tls();
    const near = known({ address, port: 8080, tries: [] });
    const measured = { ...works, references: known([portalIsFine]), 'connect.near': near };
    expect(judge(wrongScheme, measured, at8080)).toMatchObject({
      says: 'proven',
      culprit: { name: 'http://shop.example.com:8080/' },
    });
  });

  test('it is not, where TLS is spoken there for another name', () => {
    const facts = {
      tls: known([tls({ plainGreeting: 'HTTP/1.1 302 Found\r\n' }, 'not-tls')]),
      'tls.variations': vary(plain(302), { ...held, variation: 'other-name' }),
    };
    expect(judge(wrongScheme, facts).says).toBe('ruledOut');
  });

  test('is likely at most on a port that is not known for it: somebody could lead it there, or answer in its place', () => {
    const facts = {
      tls: known([tls({ plainGreeting: 'HTTP/1.1 302 Found\r\n' }, 'not-tls')]),
      'tls.variations': vary(plain(302)),
    };
    expect(judge(wrongScheme, { ...facts, references: known([portalIsFine]) })).toMatchObject({
      says: 'fits',
      atMost: 'likely',
      culprit: { name: 'http://shop.example.com:443/' },
    });
  });

  test('TLS on a port that was asked for plainly', () => {
    const said = { http: known([{ ...http(400, 'tls-expected'), port: 8443 }]) };
    const works = { ...said, 'tls.variations': vary({ ...held, port: 8443, variation: 'tls' }) };
    expect(judge(wrongScheme, works, 'http://shop.example.com:8443/')).toMatchObject({
      says: 'proven',
      culprit: { name: 'https://shop.example.com:8443/' },
    });
  });
});

describe('answers', () => {
  const encrypted = { tls: known([held]) };

  test('502: the gateway’s own word, proven when it is certain who answered', () => {
    const facts = { http: known([http(502, 'bad-gateway', { headers: { server: 'nginx' } })]) };
    expect(judge(gateway, { ...facts, ...encrypted })).toMatchObject({
      says: 'proven',
      culprit: { name: 'HTTP 502', owner: 'nginx' },
    });
    expect(judge(gateway, facts).says).toBe('fits');
  });

  test('407 is of a proxy in the way, unless it is certain that the site itself answered', () => {
    const facts = { http: known([http(407, 'proxy-authentication')]) };
    expect([judge(proxyRefuses, facts).says, judge(serverError, facts).says]).toEqual(['unknown', 'unknown']);
    const check = (status: number, ok: boolean) => ({ kind: 'portal' as const, name: 'http://check.example/', address: '192.0.2.80', port: 443, ok, status, ms: 1 }); // prettier-ignore
    const elsewhere = { ...facts, references: known([check(200, true)]) };
    expect([judge(proxyRefuses, elsewhere).says, judge(serverError, elsewhere).says]).toEqual(['unknown', 'fits']);
    const alike = { ...facts, references: known([check(407, false)]) };
    expect([judge(proxyRefuses, alike).says, judge(serverError, alike).says]).toEqual(['fits', 'unknown']);
    const sure = { ...facts, ...encrypted };
    expect([judge(proxyRefuses, sure).says, judge(serverError, sure).says]).toEqual(['ruledOut', 'fits']);
  });

  test('503 has one author: the server, its gateway, or a start page', () => {
    const said = (more: Partial<HttpTry>): Record<string, string> => {
      const facts = { ...encrypted, http: known([http(503, 'unavailable', more)]) };
      return {
        server: judge(serverError, facts).says,
        gateway: judge(gateway, facts).says,
        starting: judge(starting, facts).says,
      };
    };
    expect(said({})).toEqual({ server: 'fits', gateway: 'ruledOut', starting: 'ruledOut' });
    expect(said({ bodyHead: 'no healthy upstream' })).toEqual({
      server: 'ruledOut',
      gateway: 'fits',
      starting: 'ruledOut',
    });
    expect(said({ bodyHead: 'Jenkins is starting up' })).toEqual({
      server: 'ruledOut',
      gateway: 'ruledOut',
      starting: 'proven',
    });
  });

  test('a status of Cloudflare’s about the server behind it', () => {
    const facts = { ...encrypted, http: known([http(521, 'server-error', { headers: { server: 'cloudflare' } })]) };
    expect(judge(gateway, facts).says).toBe('proven');
    expect(judge(serverError, facts).says).toBe('ruledOut');
  });

  test('forbidden is never more than a fit: a ban looks the same', () => {
    expect(judge(forbidden, { ...encrypted, http: known([http(403, 'forbidden')]) }).says).toBe('fits');
  });

  test('451 names who carries the block out', () => {
    const link = '<https://isp.example/order>; rel="blocked-by"';
    const facts = { http: known([http(451, 'legal-block', { headers: { link } })]) };
    expect(judge(legalBlock, { ...facts, ...encrypted })).toMatchObject({
      says: 'proven',
      culprit: { owner: 'https://isp.example/order' },
    });
    expect(judge(legalBlock, facts).says).toBe('fits');
  });

  test('a missing fact is unknown, never a verdict', () => {
    const lost = { ...http(500, 'server-error'), address: '198.51.100.99' };
    const facts = { http: known([lost]) };
    const other: Facts = {
      target: {
        input: '',
        scheme: 'https',
        host: 'x',
        port: 443,
        portGiven: false,
        path: '/',
        transport: 'tls',
        protocol: 'http',
        literal: 0,
      },
    };
    const attempt: FailedAttempt = {
      id: 'http:x',
      stage: 'http',
      protocol: 'http',
      host: 'x',
      address,
      port: 443,
      on: null,
      hop: 0,
      outcome: { operation: 'http', code: 'server-error', raw: '500' },
    };
    expect(judge(serverError, facts).says).toBe('fits');
    expect(serverError.judge(attempt, { facts: other, attempts: [attempt] })).toEqual({
      says: 'unknown',
      missing: ['http'],
    });
  });
});

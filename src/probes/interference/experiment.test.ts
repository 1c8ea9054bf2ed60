import { describe, expect, it } from 'vitest';
import type { Facts, FactValues, HttpTry, TlsTry } from '../../model/facts.js';
import type { ConverseResult } from '../../model/converse.js';
import { parseTarget } from '../../model/parse-target.js';
import { elsewhereFor } from './elsewhere.js';
import { controlName, payloadFor } from './payloads.js';
import { reactionOf } from './reaction.js';
import { type Subject, subjectOf } from './subject.js';

const ADDRESS = '198.51.100.10';

function factsOf(input: string, values: Partial<FactValues>): Facts {
  const parsed = parseTarget(input);
  if (!parsed.ok) throw new Error(parsed.why);
  const known = Object.entries(values).map(([key, value]) => [
    key,
    { state: 'known', value, at: 0, ms: 1, source: 'test' },
  ]);
  return { target: parsed.target, ...Object.fromEntries(known) } as Facts;
}

const tls = (code: string): TlsTry =>
  ({ address: ADDRESS, port: 443, failure: { operation: 'tls', code, raw: code } }) as unknown as TlsTry;
const http = (code: string): HttpTry =>
  ({ address: ADDRESS, port: 80, failure: { operation: 'http', code, raw: code } }) as unknown as HttpTry;

describe('the step that is repeated', () => {
  it('is the failed handshake or the failed request in the clear', () => {
    expect(subjectOf(factsOf('https://shop.example/', { tls: [tls('reset')] }))).toMatchObject({
      layer: 'tls',
      hop: 0,
    });
    expect(subjectOf(factsOf('http://shop.example/a', { http: [http('forbidden')] }))).toMatchObject({
      layer: 'http',
      path: '/a',
    });
  });

  it.each([
    ['a certificate is at fault', 'https://shop.example/', { tls: [tls('expired')] }],
    ['one try held', 'https://shop.example/', { tls: [tls('reset'), { address: ADDRESS, port: 443 }] }],
    [
      'the page is encrypted',
      'https://shop.example/',
      { tls: [{ address: ADDRESS, port: 443 }], http: [http('reset')] },
    ],
    ['the server has an error', 'http://shop.example/', { http: [http('server-error')] }],
  ] as [string, string, Partial<FactValues>][])('is none where %s', (_, input, values) => {
    expect(subjectOf(factsOf(input, values))).toBeNull();
  });
});

const subject: Subject = {
  layer: 'tls',
  hop: 0,
  host: 'www.shop-of-somebody.example',
  address: ADDRESS,
  port: 443,
  path: '/',
  applicationProtocols: ['http/1.1'],
};

describe('the control', () => {
  it.each(['www.shop-of-somebody.example', 'a.io', 'x.example.org', `${'long-'.repeat(40)}a.example`])(
    'for %s is a harmless name, as long where that can be, of another owner',
    (host) => {
      const name = controlName(host);
      expect(name).toMatch(/^(?:[a-z][a-z-]*[a-z]?\.)?example\.(?:org|com|net)$/);
      expect(name.split('.').slice(-2).join('.')).not.toBe(host.split('.').slice(-2).join('.'));
      if (host.length > 12 && host.length < 70) expect(name.length).toBe(host.length);
    },
  );

  it('is as large a hello, and holds the one name only', async () => {
    const [same, other, none] = await Promise.all(
      (['same', 'other', 'none'] as const).map(async (asked) => Buffer.from(await payloadFor(asked, subject))),
    );
    expect(same?.[0]).toBe(22);
    expect(same?.length).toBe(other?.length);
    expect(same?.includes(subject.host)).toBe(true);
    expect(other?.includes(subject.host)).toBe(false);
    expect(none?.includes('example')).toBe(false);
  });

  it('of a request differs in the host alone', async () => {
    const plain = { ...subject, layer: 'http' as const, port: 80, path: '/a' };
    const texts = await Promise.all(
      (['same', 'other', 'path'] as const).map(async (asked) => Buffer.from(await payloadFor(asked, plain)).toString()),
    );
    expect(texts[0]?.replace(plain.host, controlName(plain.host))).toBe(texts[1]);
    expect(texts[0]?.replace('GET /a', 'GET /')).toBe(texts[2]);
    expect((await payloadFor('quiet', plain)).length).toBe(0);
  });

  it('is not tried where the target itself is, nor at what did not answer', () => {
    const at = (address: string, ok = true) => ({ kind: 'host', name: 'x', address, port: 443, ok, ms: 1 }) as const;
    expect(elsewhereFor(subject, [at('198.51.7.7'), at('192.0.2.80'), at('203.0.113.7', false)])).toEqual([
      { address: '192.0.2.80', port: 443 },
    ]);
  });
});

describe('what came back', () => {
  const came = (text: string | Uint8Array, ending: ConverseResult['ending'] = 'answered'): string =>
    reactionOf({ ending, bytes: Buffer.from(text) } as unknown as ConverseResult, 'shop.example').reaction;

  it('is told in one word', () => {
    expect(came('', 'reset')).toBe('reset');
    expect(came(Uint8Array.of(22, 3, 3, 0, 1))).toBe('handshake');
    expect(came(Uint8Array.of(21, 3, 3, 0, 2, 2, 112))).toBe('alert 112');
    expect(came('SSH-2.0-x')).toBe('other');
  });

  it('is the same page for two names, and another page is another', () => {
    const page = (name: string, words: string): string =>
      `HTTP/1.1 403 No\r\nContent-Length: ${words.length + name.length + 15}\r\n\r\n<title>${words}${name}</title>`;
    expect(came(page('shop.example', 'blocked '))).toBe('HTTP 403 blocked *');
    expect(came(page('shop.example', 'blocked '))).not.toBe(came(page('shop.example', 'welcome ')));
    expect(
      came('HTTP/1.1 302 Found\r\nLocation: http://block.example/?q=shop.example&t=1\r\nContent-Length: 0\r\n\r\n'),
    ).toBe('HTTP 302 http://block.example/');
  });

  it('takes no time over hostile answers', () => {
    const begun = performance.now();
    came(`HTTP/1.1 200 OK\r\n\r\n${'<'.repeat(4000)}`);
    came(`HTTP/1.1 200 OK\r\n\r\n${'<title '.repeat(600)}`);
    came(`HTTP/1.1 200 OK\r\n\r\n${'a1'.repeat(2000)}`);
    expect(performance.now() - begun).toBeLessThan(300);
  });
});

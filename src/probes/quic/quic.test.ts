import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fakeSystem } from '../../../test/fake-system.js';
import type { Facts } from '../../model/facts.js';
import type { DatagramRequest } from '../../model/system.js';
import { contextOf, facts, known } from '../names/context.fixture.js';
import { http3Port } from './alt-svc.js';
import { quicGatherer } from './quic.js';
import { versionProbe } from './version-negotiation.js';

const ADDRESS = '198.51.100.10';
const page = (headers: Record<string, string>): Facts =>
  facts('shop.example', {
    http: known([
      { address: ADDRESS, port: 443, url: 'https://shop.example/', ms: 1, headers, bodyBytes: 1, status: 200 },
    ]),
    connect: known([]),
  });
const offers = page({ 'alt-svc': 'h3=":443"; ma=86400' });

/** The answer of a server: both ids the other way round (RFC 9000, 17.2.1). */
function answerTo(probe: Uint8Array): Uint8Array {
  const ids = [...probe.subarray(14, 23), ...probe.subarray(5, 14)];
  return Uint8Array.of(0x80, 0, 0, 0, 0, ...ids, 0, 0, 0, 1);
}

describe('the question for versions', () => {
  const probe = versionProbe(Uint8Array.from({ length: 16 }, (_, i) => i));

  it('is as long as a server asks for, in a version that nobody speaks', () => {
    expect(probe.bytes.length).toBe(1200);
    expect(probe.bytes.subarray(0, 6)).toEqual(Uint8Array.of(0xc0, 0x1a, 0x2a, 0x3a, 0x4a, 8));
  });

  it('is answered by both ids the other way round, and nothing else', () => {
    const answer = answerTo(probe.bytes);
    expect(probe.answers(answer)).toBe(true);
    expect(probe.answers(answer.subarray(0, -4))).toBe(false);
    expect(probe.answers(probe.bytes)).toBe(false);
    for (let at = 0; at < answer.length - 4; at++) {
      const other = answer.slice();
      other[at] = (other[at] ?? 0) ^ 0x80;
      expect(probe.answers(other), `byte ${at}`).toBe(false);
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => !probe.answers(bytes)));
  });
});

describe('what a server offers', () => {
  it.each([
    ['h3=":443"; ma=86400', 443],
    ['h3-29=":443", h3=":8443"; ma=60', 8443],
    ['h2="alt.example:443"', null],
    ['h3="alt.example:443"', null],
    ['clear', null],
    ['h3=":99999"', null],
    [undefined, null],
  ])('%s', (header, port) => {
    expect(http3Port(header)).toBe(port);
  });
});

describe('quic', () => {
  const measure = async (thorough: boolean, reply: (request: DatagramRequest) => 'silent' | 'refused' | Uint8Array) => {
    const system = fakeSystem({ datagram: reply });
    const result = await quicGatherer.gather(offers, contextOf(system, { thorough }));
    return { result, sent: system.asked.datagrams };
  };

  it('is one short question without --thorough', async () => {
    const { result, sent } = await measure(false, () => 'silent');
    expect(result).toMatchObject({ value: [{ waited: false, failure: { code: 'timed-out' } }] });
    expect(sent.map(({ timeoutMs }) => timeoutMs)).toEqual([15]);
  });

  it('is asked three times where silence is waited for, and once where somebody answers', async () => {
    expect((await measure(true, () => 'silent')).sent.length).toBe(3);
    const { result, sent } = await measure(true, ({ payload }) => answerTo(payload));
    expect(result).toMatchObject({ value: [{ waited: true }] });
    expect(sent.length).toBe(1);
  });

  it('is not asked where nothing offers it', () => {
    const plain = page({});
    expect(quicGatherer.when?.(plain, contextOf(fakeSystem()))).toMatch(/offers no/);
    expect(quicGatherer.when?.(offers, contextOf(fakeSystem()))).toBeNull();
  });
});

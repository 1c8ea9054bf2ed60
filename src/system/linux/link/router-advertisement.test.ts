import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onesComplement } from './bytes.js';
import { ethernet } from './frames.js';
import { portalAdvertised, solicitationOfRouters } from './router-advertisement.js';

const mac = Uint8Array.of(2, 0, 0, 0, 0, 9);
const router = [0xfe, 0x80, ...Array.from({ length: 13 }, () => 0), 1];
const everybody = [0xff, 2, ...Array.from({ length: 13 }, () => 0), 1];
const URL = 'https://portal.guests.example/api?x=1';

function option(type: number, text: string): number[] {
  const units = Math.ceil((text.length + 2) / 8);
  return [type, units, ...Buffer.from(text.padEnd(units * 8 - 2, '\0'))];
}

function advertisement(
  options: readonly number[],
  more: { hopLimit?: number; source?: number[]; type?: number; code?: number } = {},
): Uint8Array {
  const body = Uint8Array.from([
    more.type ?? 134,
    more.code ?? 0,
    0,
    0,
    64,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    ...options,
  ]);
  const head = [0x60, 0, 0, 0, body.length >> 8, body.length & 255, 58, more.hopLimit ?? 255];
  const packet = Uint8Array.from([...head, ...(more.source ?? router), ...everybody, ...body]);
  const length = Uint8Array.of(0, 0, body.length >> 8, body.length & 255, 0, 0, 0, 58);
  new DataView(packet.buffer).setUint16(42, onesComplement([packet.subarray(8, 40), length, body]));
  return ethernet(Uint8Array.of(0x33, 0x33, 0, 0, 0, 1), mac, 0x86dd, packet);
}

describe('the question to all routers', () => {
  it('has a checksum that holds, and no address of the link where it is asked in nobody’s name', () => {
    for (const source of ['fe80::9', null]) {
      const packet = (solicitationOfRouters(source, mac) ?? new Uint8Array()).subarray(14);
      const length = packet.length - 40;
      expect(length).toBe(source === null ? 8 : 16);
      expect([packet[7], packet[40]]).toEqual([255, 133]);
      const pseudo = Uint8Array.of(0, 0, 0, length, 0, 0, 0, 58);
      expect(onesComplement([packet.subarray(8, 40), pseudo, packet.subarray(40)])).toBe(0);
    }
    expect(solicitationOfRouters('192.168.7.20', mac)).toBeNull();
  });
});

describe('the portal that a router names', () => {
  it('is read among other options, and need not be there', () => {
    const prefix = [3, 4, ...Array.from({ length: 30 }, () => 0)];
    expect(portalAdvertised(advertisement([...prefix, ...option(37, URL)]))).toEqual({ from: 'fe80::1', portal: URL });
    expect(portalAdvertised(advertisement(prefix))).toEqual({ from: 'fe80::1', portal: null });
  });

  it.each([
    ['it came over a router', { hopLimit: 254 }],
    ['it is of no address of the link', { source: [0x20, 1, ...router.slice(2)] }],
    ['it is another message', { type: 135 }],
    ['its code is none', { code: 1 }],
  ])('is not believed when %s', (_, more) => {
    expect(portalAdvertised(advertisement(option(37, URL), more))).toBeNull();
  });

  it('is not believed with a wrong checksum', () => {
    const frame = advertisement(option(37, URL));
    frame[frame.length - 9] = (frame.at(-9) ?? 0) ^ 1;
    expect(portalAdvertised(frame)).toBeNull();
  });

  it('ends with the packet, whatever an option says of its length', () => {
    expect(portalAdvertised(advertisement([37, 200, ...Buffer.from('http:/')]))).toMatchObject({ portal: null });
    expect(portalAdvertised(advertisement([37, 0, 1, 2, 3, 4, 5, 6]))).toMatchObject({ portal: null });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (options) => {
        const found = portalAdvertised(advertisement([...options]));
        expect(found?.portal?.length ?? 0).toBeLessThanOrEqual(1001);
      }),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => void portalAdvertised(bytes)));
  });
});

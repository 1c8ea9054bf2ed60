import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../../model/address.js';
import { headOf } from './answers.js';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'));
const four = bytesOf('192.0.2.2') ?? new Uint8Array();
const six = bytesOf('2001:db8::2') ?? new Uint8Array();
/** A reset of Linux on an open connection, as tcpdump shows it. */
const reset = hex(
  '45000034 7554 4000 3d 06 0000 c0000202 c0000201 01bb 97a2 00000001 00000002 80 14 0040 0000 0000 0101080a0000000100000002',
);

describe('what a packet says of who made it', () => {
  it('is read of both families', () => {
    expect(headOf(reset, four)).toEqual({
      port: 443,
      localPort: 38_818,
      kind: 'reset',
      ttl: 61,
      id: 30_036,
      whole: true,
      window: 64,
      optionBytes: 12,
    });
    const packet = hex(
      `60000000 0014 06 3e 20010db8000000000000000000000002 20010db8000000000000000000000001 01bb 97a2 00000001 00000002 50 12 fe88 0000 0000`,
    );
    expect(headOf(packet, six)).toMatchObject({ kind: 'accepts', ttl: 62, id: null, whole: null, optionBytes: 0 });
  });

  it('is nothing of others, of later pieces, and of packets that are cut off', () => {
    expect(headOf(reset, bytesOf('192.0.2.3') ?? four)).toBeNull();
    const piece = reset.slice();
    piece[7] = 4;
    expect(headOf(piece, four)).toBeNull();
    for (let length = 0; length < 40; length++) expect(headOf(reset.subarray(0, length), four)).toBeNull();
  });

  it('is asked of any bytes without harm', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 90 }), fc.boolean(), (bytes, old) => {
        bytes[0] = ((old ? 4 : 6) << 4) | ((bytes[0] ?? 0) & 15);
        headOf(bytes, old ? four : six);
      }),
    );
  });
});

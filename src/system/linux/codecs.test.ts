import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IP_RECVERR, IPPROTO_IP, IPPROTO_IPV6, IPV6_RECVERR } from './constants.js';
import { decodeErrors } from './control-messages.js';
import { decodeSocketAddress, encodeSocketAddress, encodeUnixAddress } from './socket-address.js';
import { decodeTcpInfo } from './tcp-info.js';

const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex');

describe('socket addresses', () => {
  it('writes IPv4 as ip(7) has it', () => {
    expect(hex(encodeSocketAddress('192.0.2.1', 443)?.bytes)).toBe('020001bbc0000201' + '00'.repeat(8));
  });

  it('writes IPv6 as ipv6(7) has it, with the interface of a link-local address', () => {
    const expected = `0a0001bb00000000${'20010db8'.padEnd(31, '0')}105000000`;
    expect(hex(encodeSocketAddress('2001:db8::1', 443, 5)?.bytes)).toBe(expected);
  });

  it('sends an IPv4-mapped address as IPv4', () => {
    expect(encodeSocketAddress('::ffff:192.0.2.1', 80)).toEqual(encodeSocketAddress('192.0.2.1', 80));
  });

  it('refuses what is no address', () => {
    expect(encodeSocketAddress('example.org', 80)).toBeNull();
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.ipV4(), fc.constantFrom('::', '::1', '2001:db8::a:0:0:1', 'fe80::1')),
        fc.nat(65_535),
        (address, port) => {
          const bytes = encodeSocketAddress(address, port)?.bytes;
          expect(bytes && decodeSocketAddress(bytes)).toEqual({ address, port });
        },
      ),
    );
  });

  it('takes a unix path that fits and no other', () => {
    expect(hex(encodeUnixAddress('/run/x')?.subarray(0, 10))).toBe('01002f72756e2f780000');
    expect(encodeUnixAddress('/'.padEnd(107, 'a'))).not.toBeNull();
    expect(encodeUnixAddress('/'.padEnd(109, 'a'))).toBeNull();
    expect(encodeUnixAddress('/run/a\0b')).toBeNull();
    expect(encodeUnixAddress('')).toBeNull();
  });
});

/** One control message with a struct sock_extended_err and the offender behind it. */
function controlMessage(level: number, type: number, error: readonly number[], offender: Uint8Array): Buffer {
  const data = Buffer.concat([Buffer.from(error), Buffer.alloc(8), offender]);
  const length = 16 + data.length;
  const bytes = Buffer.alloc((length + 7) & ~7);
  bytes.writeBigUInt64LE(BigInt(length), 0);
  bytes.writeInt32LE(level, 8);
  bytes.writeInt32LE(type, 12);
  data.copy(bytes, 16);
  return bytes;
}

const offenderOf = (address: string): Uint8Array => encodeSocketAddress(address, 0)?.bytes ?? new Uint8Array();

describe('the error queue', () => {
  const frag = controlMessage(IPPROTO_IP, IP_RECVERR, [90, 0, 0, 0, 2, 3, 4, 0], offenderOf('192.0.2.1'));
  const refused = controlMessage(IPPROTO_IP, IP_RECVERR, [111, 0, 0, 0, 2, 3, 3, 0], offenderOf('198.51.100.10'));
  const v6 = controlMessage(IPPROTO_IPV6, IPV6_RECVERR, [13, 0, 0, 0, 3, 1, 1, 0], offenderOf('2001:db8::1'));
  const local = controlMessage(IPPROTO_IP, IP_RECVERR, [90, 0, 0, 0, 1, 0, 0, 0], Buffer.alloc(16));
  const ttl = controlMessage(IPPROTO_IP, 2, [64, 0, 0, 0], new Uint8Array());
  const timestamp = controlMessage(IPPROTO_IP, IP_RECVERR, [42, 0, 0, 0, 4, 0, 0, 0], Buffer.alloc(16));

  it('gives each ICMP error with its sender', () => {
    expect(decodeErrors(Buffer.concat([ttl, frag, refused]))).toEqual([
      { errno: 'EMSGSIZE', origin: 'icmp', type: 3, code: 4, from: '192.0.2.1' },
      { errno: 'ECONNREFUSED', origin: 'icmp', type: 3, code: 3, from: '198.51.100.10' },
    ]);
    expect(decodeErrors(v6)).toEqual([{ errno: 'EACCES', origin: 'icmp6', type: 1, code: 1, from: '2001:db8::1' }]);
  });

  it('gives the time at which an error came in, where the kernel noted it (SCM_TIMESTAMPNS)', () => {
    const time = Buffer.alloc(32);
    time.writeBigUInt64LE(32n, 0);
    time.writeInt32LE(1, 8);
    time.writeInt32LE(35, 12);
    time.writeBigInt64LE(1_700_000_000n, 16);
    time.writeBigInt64LE(123_456_789n, 24);
    const cameAt = 1_700_000_000_123_456_789n;
    expect(decodeErrors(Buffer.concat([time, refused]))).toMatchObject([{ from: '198.51.100.10', cameAt }]);
    expect(decodeErrors(Buffer.concat([refused, time]))).toMatchObject([{ from: '198.51.100.10', cameAt }]);
    time.writeBigUInt64LE(24n, 0); // cut short
    expect(decodeErrors(Buffer.concat([refused, time.subarray(0, 24)]))[0]).not.toHaveProperty('cameAt');
  });

  it('knows errors of this device, which have no sender, and leaves out what is no error', () => {
    expect(decodeErrors(Buffer.concat([local, timestamp]))).toEqual([
      { errno: 'EMSGSIZE', origin: 'local', type: 0, code: 0, from: null },
    ]);
  });

  it('stops where a message is cut short', () => {
    expect(decodeErrors(refused.subarray(0, 40))).toEqual([]);
    expect(decodeErrors(Buffer.concat([frag, refused.subarray(0, 12)]))).toHaveLength(1);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => Array.isArray(decodeErrors(bytes))));
  });
});

describe('struct tcp_info', () => {
  it('is not believed when it is shorter than what is read', () => {
    expect(decodeTcpInfo(new Uint8Array(256), 104)).toBeNull();
    expect(decodeTcpInfo(new Uint8Array(256), -1)).toBeNull();
  });

  it('is read at the offsets of tcp.h', () => {
    const bytes = Buffer.alloc(256);
    bytes[0] = 2;
    bytes[4] = 7;
    bytes[5] = 1;
    [36, 68, 100, 136, 140, 24, 144, 128, 60, 228].forEach((offset, i) => bytes.writeUInt32LE(i + 1, offset));
    expect(decodeTcpInfo(bytes, 232)).toEqual({
      state: 2,
      backoff: 7,
      optionBytes: 12,
      pathMtu: 9,
      unacknowledged: 6,
      retransmitted: 1,
      rttUs: 2,
      totalRetransmitted: 3,
      segmentsOut: 4,
      segmentsIn: 5,
      unsent: 7,
      receivedBytes: 8,
      sendWindow: 10,
    });
    // Kernels before 4.6 fill in less.
    expect(decodeTcpInfo(bytes, 144)).toMatchObject({ segmentsIn: 5, unsent: null, sendWindow: null });
  });
});

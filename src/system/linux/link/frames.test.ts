import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onesComplement, parseMac } from './bytes.js';
import { answerIn, question } from './frames.js';
import { answerTo, synPacket } from './syn.js';

const mac = Uint8Array.of(2, 0, 0, 0, 0, 9);
const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'));

/** As tcpdump shows them of a real exchange. */
const reply = hex('020000000009 020000000001 0806 0001 0800 06 04 0002 020000000001 c0a8071e 020000000009 c0a80714');
const advertisement = (flags: string): Uint8Array =>
  hex(
    `020000000009 020000000001 86dd 60000000 0020 3a ff 20010db8000700000000000000000030 20010db8000700000000000000000020
     8800 0000 ${flags}000000 20010db8000700000000000000000030 02 01 020000000001`,
  );

describe('the question who has an address', () => {
  it('is an ARP request to all, or a probe in nobody’s name', () => {
    const asked = question('192.168.7.30', '192.168.7.20', mac);
    expect(Buffer.from(asked ?? []).toString('hex')).toBe(
      'ffffffffffff02000000000908060001080006040001020000000009c0a80714000000000000c0a8071e',
    );
    expect(Buffer.from(question('192.168.7.30', null, mac) ?? []).toString('hex')).toContain('02000000000900000000');
  });

  it('is a solicitation to the group of the address, with a checksum that holds', () => {
    const frame = question('2001:db8:7::30', '2001:db8:7::20', mac) ?? new Uint8Array();
    expect(Buffer.from(frame.subarray(0, 6)).toString('hex')).toBe('3333ff000030');
    const packet = frame.subarray(14);
    const length = packet.length - 40;
    expect(
      onesComplement([packet.subarray(8, 40), Uint8Array.of(0, 0, 0, length, 0, 0, 0, 58), packet.subarray(40)]),
    ).toBe(0);
    expect(question('2001:db8:7::30', '192.168.7.20', mac)).toBeNull();
  });
});

describe('who answers', () => {
  it('is read of ARP and of neighbour discovery', () => {
    expect(answerIn(reply, '192.168.7.30')).toEqual({ mac: '02:00:00:00:00:01', toProbe: false, override: null });
    const toProbe = reply.slice();
    toProbe.fill(0, 38, 42);
    expect(answerIn(toProbe, '192.168.7.30')).toMatchObject({ toProbe: true });
    expect(answerIn(advertisement('60'), '2001:db8:7::30')).toMatchObject({ override: true, toProbe: false });
    expect(answerIn(advertisement('40'), '2001:db8:7::30')).toMatchObject({ override: false });
  });

  it('is not who speaks of another address, from afar, or in pieces', () => {
    expect(answerIn(reply, '192.168.7.31')).toBeNull();
    const routed = advertisement('60');
    routed[21] = 64;
    expect(answerIn(routed, '2001:db8:7::30')).toBeNull();
    const endless = advertisement('60');
    endless[79] = 0;
    expect(answerIn(endless, '2001:db8:7::30')).toBeNull();
    for (let length = 0; length < reply.length; length++)
      expect(answerIn(reply.subarray(0, length), '192.168.7.30')).toBeNull();
  });

  it('is asked of any bytes without harm', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        for (const type of [
          [8, 6],
          [8, 0],
          [0x86, 0xdd],
        ]) {
          const frame = bytes.slice();
          frame.set(type.slice(0, Math.max(0, frame.length - 12)), Math.min(12, frame.length));
          answerIn(frame, '192.168.7.30');
        }
        answerTo({ source: '192.168.7.20', sourcePort: 1, address: '192.168.7.30', port: 2, sequence: 3 }, bytes);
      }),
    );
  });
});

describe('the first packet of a connection', () => {
  const ends = {
    source: '192.168.7.20',
    sourcePort: 40_000,
    address: '192.168.7.30',
    port: 8080,
    sequence: 0xffffffff,
  };
  const answer = (flags: number, ack = 0): Uint8Array => {
    const packet = new Uint8Array(40);
    packet.set([0x45, 0, 0, 40, 0, 0, 0, 0, 64, 6, 0, 0, 192, 168, 7, 30, 192, 168, 7, 20]);
    const view = new DataView(packet.buffer);
    view.setUint16(20, ends.port);
    view.setUint16(22, ends.sourcePort);
    view.setUint32(28, ack);
    packet[33] = flags;
    return packet;
  };

  it('has checksums that hold, in both families', () => {
    const four = synPacket(ends) ?? new Uint8Array();
    expect(onesComplement([four.subarray(0, 20)])).toBe(0);
    expect(onesComplement([four.subarray(12, 20), Uint8Array.of(0, 6, 0, 24), four.subarray(20)])).toBe(0);
    const six = synPacket({ ...ends, source: '2001:db8::1', address: '2001:db8::2' }) ?? new Uint8Array();
    expect(onesComplement([six.subarray(8, 40), Uint8Array.of(0, 0, 0, 24, 0, 0, 0, 6), six.subarray(40)])).toBe(0);
    expect(synPacket({ ...ends, source: '2001:db8::1' })).toBeNull();
  });

  it('is answered by a yes or a no to this very packet', () => {
    expect(answerTo(ends, answer(0x12))).toBe('open');
    expect(answerTo(ends, answer(0x14))).toBe('refused');
    expect(answerTo(ends, answer(0x12, 7))).toBeNull();
    expect(answerTo(ends, answer(0x02))).toBeNull();
    expect(answerTo({ ...ends, sourcePort: 40_001 }, answer(0x12))).toBeNull();
  });

  it('goes to addresses as they are written', () => {
    expect(parseMac('02:00:00:00:00:09')).toEqual(mac);
    expect(parseMac('02-00-00-00-00-09')).toBeNull();
  });
});

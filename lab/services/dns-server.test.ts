import packet from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { address6, name as wireName, readQuestion, soa, TYPE, writeReply } from './dns-wire.js';

/** A question as a stub resolver sends it: recursion desired, one OPT record. */
function query(name: string, type: number): Buffer {
  const head = Buffer.from([0x12, 0x67, 0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, 1]);
  const tail = Buffer.from([0, type, 0, 1, 0, 0, TYPE.OPT, 0x04, 0xd0, 0, 0, 0, 0, 0, 0]);
  return Buffer.concat([head, wireName(name), tail]);
}

describe("the lab's DNS wire format, read back by dns-packet", () => {
  it('answers with addresses and an extended error', () => {
    const question = readQuestion(query('Shop.Example.com', TYPE.AAAA));
    expect(question).toMatchObject({ id: 4711, name: 'shop.example.com', type: TYPE.AAAA, edns: true });
    if (question === null) return;
    const answer = writeReply(
      question,
      {
        rcode: 0,
        answers: [{ owner: null, type: TYPE.AAAA, ttl: 300, data: address6('2001:db8:100::10') }],
        authority: [{ owner: 'example.com', type: TYPE.SOA, ttl: 300, data: soa('example.com') }],
        truncated: false,
        extendedError: [15, 'listed'],
      },
      1232,
    );
    const read = packet.decode(answer);
    expect(read.answers?.[0]).toMatchObject({
      name: 'Shop.Example.com',
      type: 'AAAA',
      data: '2001:db8:100::10',
      ttl: 300,
    });
    expect(read.authorities?.[0]).toMatchObject({ name: 'example.com', type: 'SOA' });
    expect(answer.includes(Buffer.from([0, 15, 0, 8, 0, 15, ...Buffer.from('listed')]))).toBe(true);
  });

  it('leaves out what does not fit', () => {
    const question = readQuestion(query('many.example.com', TYPE.A));
    if (question === null) throw new Error('no question');
    const answers = Array.from({ length: 500 }, () => ({
      owner: null,
      type: TYPE.A,
      ttl: 1,
      data: Buffer.from([192, 0, 2, 1]),
    }));
    const answer = writeReply(question, { rcode: 0, answers, authority: [], truncated: true }, 1232);
    expect(answer.length).toBeLessThanOrEqual(1232);
    expect(answer.readUInt16BE(2) & 0x0200).toBe(0x0200);
  });

  it('does not read what is no question', () => {
    expect(readQuestion(Buffer.alloc(4))).toBeNull();
    expect(readQuestion(Buffer.alloc(40, 0xff))).toBeNull();
  });
});

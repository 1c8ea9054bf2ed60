import * as oracle from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressBytes } from './address-text.js';
import { a, aaaa, cname, decoded, FLAG, handMade, opt, soa, u16, wireName } from './hand-made-messages.js';
import { decodeMessage } from './message.js';
import { encodeQuery } from './query.js';
import { extendedErrorName, TYPE, typeName, typeNumber } from './registry.js';

function queryBytes(fields: Parameters<typeof encodeQuery>[0]): Buffer {
  const query = encodeQuery(fields);
  if (!query.ok) throw new Error(query.problem);
  return Buffer.from(query.bytes);
}

describe('a query', () => {
  test('reads as asked, by another implementation', () => {
    const packet = oracle.decode(queryBytes({ id: 0xbeef, name: 'www.example.net.', type: TYPE.AAAA }));
    expect(packet).toMatchObject({ id: 0xbeef, type: 'query', flag_rd: true, flag_cd: false, opcode: 'QUERY' });
    expect(packet.questions).toEqual([{ name: 'www.example.net', type: 'AAAA', class: 'IN' }]);
    expect(packet.additionals).toMatchObject([{ type: 'OPT', name: '.', udpPayloadSize: 1232, flag_do: false }]);
  });

  test('carries its options', () => {
    const fields = { id: 1, name: 'a', type: TYPE.SOA, recursionDesired: false, checkingDisabled: true };
    const packet = oracle.decode(queryBytes({ ...fields, edns: { payloadSize: 4096, dnssecOk: true } }));
    expect(packet).toMatchObject({ flag_rd: false, flag_cd: true });
    expect(packet.additionals).toMatchObject([{ udpPayloadSize: 4096, flag_do: true }]);
    expect(oracle.decode(queryBytes({ ...fields, edns: null })).additionals).toEqual([]);
  });

  test.each(['A', 'AAAA', 'CNAME', 'SOA', 'NS', 'MX', 'TXT', 'PTR'])(
    'for %s has the number that others give it',
    (type) => {
      const number = typeNumber(type);
      if (number === null) throw new Error('no number');
      expect(oracle.decode(queryBytes({ id: 1, name: 'a.b', type: number })).questions).toMatchObject([{ type }]);
    },
  );

  test('is, byte by byte, what another implementation writes', () => {
    const labels = fc.array(fc.stringMatching(/^[a-z0-9_-]{1,20}$/), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), labels, fc.boolean(), (id, parts, dnssecOk) => {
        const name = parts.join('.');
        const theirs = oracle.encode({
          type: 'query',
          id,
          flags: oracle.RECURSION_DESIRED,
          questions: [{ type: 'A', name }],
          additionals: [{ type: 'OPT', name: '.', udpPayloadSize: 1232, flags: dnssecOk ? 0x8000 : 0 }],
        });
        expect(queryBytes({ id, name, type: TYPE.A, edns: { dnssecOk } })).toEqual(theirs);
      }),
      { numRuns: 300 },
    );
  });

  test('for any number of a type', () => {
    expect(typeNumber('https')).toBe(65);
    expect(typeNumber('TYPE65')).toBe(65);
    expect(typeNumber('64')).toBe(64);
    expect(typeNumber(65_535)).toBe(65_535);
    expect([typeNumber('TYPE65536'), typeNumber(-1), typeNumber(1.5), typeNumber('toString'), typeNumber('')]).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(typeName(65)).toBe('HTTPS');
    expect(typeName(9999)).toBe('TYPE9999');
    const message = decodeMessage(queryBytes({ id: 7, name: 'x.y', type: 12_345 }));
    expect(message).toMatchObject({
      ok: true,
      message: { id: 7, response: false, questions: [{ name: 'x.y', type: 12_345 }] },
    });
  });
});

describe('a response of another implementation', () => {
  test('reads as it was written, names compressed or not', () => {
    const bytes = oracle.encode({
      type: 'response',
      id: 99,
      flags:
        oracle.AUTHORITATIVE_ANSWER | oracle.RECURSION_DESIRED | oracle.RECURSION_AVAILABLE | oracle.AUTHENTIC_DATA,
      questions: [{ type: 'A', name: 'www.example.net' }],
      answers: [
        { type: 'CNAME', name: 'www.example.net', ttl: 60, data: 'edge.example.org' },
        { type: 'A', name: 'edge.example.org', ttl: 30, data: '192.0.2.7' },
        { type: 'AAAA', name: 'edge.example.org', ttl: 31, data: '2001:db8::7' },
        { type: 'MX', name: 'example.net', ttl: 5, data: { preference: 10, exchange: 'mx.example.net' } },
        { type: 'TXT', name: 'example.net', ttl: 5, data: ['v=spf1 -all', 'tab\there', 'quote"\\'] },
        { type: 'PTR', name: '7.2.0.192.in-addr.arpa', ttl: 5, data: 'edge.example.org' },
      ],
      authorities: [
        { type: 'NS', name: 'example.net', ttl: 5, data: 'ns.example.net' },
        {
          type: 'SOA',
          name: 'example.net',
          ttl: 900,
          data: {
            mname: 'ns.example.net',
            rname: 'admin.example.net',
            serial: 4_000_000_000,
            refresh: 1,
            retry: 2,
            expire: 3,
            minimum: 60,
          },
        },
      ],
      additionals: [{ type: 'OPT', name: '.', udpPayloadSize: 1400, flags: 0x8000, options: [] }],
    });
    const message = decoded(bytes);
    expect(message).toMatchObject({
      id: 99,
      response: true,
      opcode: 0,
      rcode: 0,
      rcodeName: 'NOERROR',
      trailingBytes: 0,
    });
    expect(message.flags).toEqual({ aa: true, tc: false, rd: true, ra: true, ad: true, cd: false });
    expect(message.counts).toEqual({ questions: 1, answers: 6, authorities: 2, additionals: 0, opt: 1 });
    expect(message.answers[0]).toEqual({
      name: 'www.example.net',
      type: 5,
      typeName: 'CNAME',
      class: 1,
      ttl: 60,
      data: { kind: 'CNAME', target: 'edge.example.org' },
    });
    expect(message.answers.map(({ data }) => data).slice(1)).toEqual([
      { kind: 'A', address: '192.0.2.7' },
      { kind: 'AAAA', address: '2001:db8::7' },
      { kind: 'MX', preference: 10, exchange: 'mx.example.net' },
      { kind: 'TXT', strings: ['v=spf1 -all', 'tab\\009here', 'quote"\\\\'], bytes: 29, cut: false },
      { kind: 'PTR', target: 'edge.example.org' },
    ]);
    expect(message.authorities.map(({ data }) => data)).toEqual([
      { kind: 'NS', target: 'ns.example.net' },
      {
        kind: 'SOA',
        mname: 'ns.example.net',
        rname: 'admin.example.net',
        serial: 4_000_000_000,
        refresh: 1,
        retry: 2,
        expire: 3,
        minimum: 60,
      },
    ]);
    expect(message.edns).toMatchObject({
      payloadSize: 1400,
      version: 0,
      dnssecOk: true,
      extendedErrors: [],
      whole: true,
    });
  });

  test('any set of records agrees with it', () => {
    const name = fc
      .array(fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join('.'));
    const ttl = fc.integer({ min: 0, max: 0x7fffffff });
    const record = fc.oneof(
      fc.record({ type: fc.constant('A'), name, ttl, data: fc.ipV4() }),
      fc.record({ type: fc.constant('AAAA'), name, ttl, data: fc.ipV6() }),
      fc.record({ type: fc.constantFrom('CNAME', 'NS', 'PTR'), name, ttl, data: name }),
    );
    fc.assert(
      fc.property(name, fc.array(record, { maxLength: 8 }), (asked, answers) => {
        const bytes = oracle.encode({
          type: 'response',
          id: 1,
          flags: 0,
          questions: [{ type: 'A', name: asked }],
          answers,
        });
        const ours = decoded(bytes).answers;
        const theirs = oracle.decode(bytes).answers ?? [];
        expect(ours.map((one) => [one.name, one.typeName, one.ttl])).toEqual(
          theirs.map((one) => [one.name, one.type, one.ttl]),
        );
        for (const [at, { data }] of ours.entries()) {
          const text = String(theirs[at]?.data);
          if (data.kind === 'A' || data.kind === 'AAAA') expect(addressBytes(data.address)).toEqual(addressBytes(text));
          else expect(data).toMatchObject({ target: text });
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a response made by hand', () => {
  test('has the upper bits of its code from EDNS', () => {
    expect(decoded(handMade({ additionals: [opt([], 1)] }))).toMatchObject({ rcode: 16, rcodeName: 'BADVERS' });
    expect(decoded(handMade({ rcode: 7, additionals: [opt([], 1)] }))).toMatchObject({
      rcode: 23,
      rcodeName: 'BADCOOKIE',
    });
    expect(decoded(handMade({ rcode: 5 }))).toMatchObject({ rcode: 5, rcodeName: 'REFUSED', edns: null });
    expect(decoded(handMade({ rcode: 12 }))).toMatchObject({ rcodeName: 'RCODE12' });
  });

  test('tells extended errors by name, their text without what a terminal obeys', () => {
    const errors = [
      { code: 15, text: 'Blocked by \u001b[31mus\u202e\u0000' },
      { code: 18, text: '' },
      { code: 17, text: 'ends with NUL\u0000' },
      { code: 4242, text: 'ü'.repeat(1000) },
    ];
    const { edns } = decoded(handMade({ additionals: [a('x', '192.0.2.1'), opt(errors)] }));
    expect(edns?.extendedErrors).toEqual([
      { code: 15, name: 'Blocked', text: 'Blocked by \ufffd[31mus\ufffd' },
      { code: 18, name: 'Prohibited', text: '' },
      { code: 17, name: 'Filtered', text: 'ends with NUL' },
      { code: 4242, name: 'EDE4242', text: 'ü'.repeat(256) },
    ]);
    expect(edns?.options).toEqual([15, 15, 15, 15]);
    expect([3, 4, 6, 9, 16, 22, 30].map(extendedErrorName)).toEqual([
      'Stale Answer',
      'Forged Answer',
      'DNSSEC Bogus',
      'DNSKEY Missing',
      'Censored',
      'No Reachable Authority',
      'Invalid Query Type',
    ]);
  });

  test('with options cut off keeps those before', () => {
    const cut = {
      owner: '.',
      type: TYPE.OPT,
      class: 512,
      ttl: 0,
      data: [...u16(15), ...u16(2), ...u16(16), ...u16(10), ...u16(8), 1],
    };
    expect(decoded(handMade({ additionals: [cut] })).edns).toMatchObject({
      extendedErrors: [{ code: 16 }],
      options: [15],
      whole: false,
    });
  });

  test('counts OPT records and believes the first', () => {
    const message = decoded(handMade({ additionals: [opt([{ code: 15 }]), opt([{ code: 16 }])] }));
    expect(message.counts).toMatchObject({ additionals: 0, opt: 2 });
    expect(message.edns?.extendedErrors).toMatchObject([{ code: 15 }]);
  });

  test('escapes what is in names', () => {
    const owner = [4, 0x1b, 0x5b, 0x2e, 0x20, ...wireName('net')];
    expect(decoded(handMade({ answers: [{ owner, type: TYPE.A, data: [192, 0, 2, 1] }] })).answers[0]?.name).toBe(
      '\\027[\\.\\032.net',
    );
  });

  test('takes a TTL with its top bit set as zero', () => {
    expect(decoded(handMade({ answers: [a('x', '192.0.2.1', 0x80000001)] })).answers[0]?.ttl).toBe(0);
    expect(decoded(handMade({ answers: [a('x', '192.0.2.1', 0x7fffffff)] })).answers[0]?.ttl).toBe(0x7fffffff);
  });

  test('gives only the length of what it does not know', () => {
    const unknown = { owner: 'x', type: 9999, class: 3, data: [1, 2, 3] };
    expect(decoded(handMade({ answers: [unknown] })).answers).toEqual([
      { name: 'x', type: 9999, typeName: 'TYPE9999', class: 3, ttl: 300, data: { kind: 'unknown', bytes: 3 } },
    ]);
  });

  test.each([
    ['an address too short', { owner: 'x', type: TYPE.A, data: [192, 0, 2] }, 'data-past-end'],
    ['an address too long', { owner: 'x', type: TYPE.A, data: [192, 0, 2, 1, 0] }, 'data-length'],
    ['an IPv6 address too short', { owner: 'x', type: TYPE.AAAA, data: [0x20, 1] }, 'data-past-end'],
    ['a name that goes on behind its data', { owner: 'x', type: TYPE.CNAME, data: [5, 97] }, 'name-past-end'],
    ['bytes behind a name', { owner: 'x', type: TYPE.NS, data: [0, 0] }, 'data-length'],
    ['an SOA without numbers', { owner: 'x', type: TYPE.SOA, data: [0, 0, 1] }, 'data-past-end'],
    ['a text longer than its data', { owner: 'x', type: TYPE.TXT, data: [9, 97] }, 'data-past-end'],
    ['no text at all', { owner: 'x', type: TYPE.TXT, data: [] }, 'data-length'],
  ])('says of %s that this record is malformed, and reads the next', (_, record, problem) => {
    const { answers } = decoded(handMade({ answers: [record, a('y', '192.0.2.9')] }));
    expect(answers[0]?.data).toEqual({ kind: 'malformed', bytes: record.data.length, problem });
    expect(answers[1]?.data).toEqual({ kind: 'A', address: '192.0.2.9' });
  });

  test('keeps a bounded part of long texts', () => {
    const strings = Array.from({ length: 20 }, () => [200, ...Array.from({ length: 200 }, () => 7)]).flat();
    const data = decoded(handMade({ answers: [{ owner: 'x', type: TYPE.TXT, data: strings }] })).answers[0]?.data;
    expect(data).toMatchObject({
      kind: 'TXT',
      bytes: 4020,
      cut: true,
      strings: Array.from({ length: 5 }, () => '\\007'.repeat(200)),
    });
  });

  test('says how many bytes stand behind it', () => {
    const bytes = handMade({ answers: [aaaa('x', [0x2001, 0xdb8, 0, 0, 0, 0, 0, 1]), cname('y', 'z'), soa('net')] });
    expect(decoded(Uint8Array.from([...bytes, 1, 2, 3])).trailingBytes).toBe(3);
  });

  test('keeps its header and question when the rest is broken', () => {
    const whole = handMade({ flags: FLAG.response | FLAG.tc, answers: [a('www.example.net', '192.0.2.1')] });
    expect(decodeMessage(whole.subarray(0, whole.length - 2))).toMatchObject({
      ok: false,
      error: { problem: 'record-past-end' },
      header: { id: 0x1234, flags: { tc: true } },
      questions: [{ name: 'www.example.net', type: 1 }],
    });
  });
});

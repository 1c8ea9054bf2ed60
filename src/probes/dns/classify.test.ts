import { describe, expect, test } from 'vitest';
import { type Asked, type Classification, classify } from './classify.js';
import { a, aaaa, cname, FLAG, type HandMade, handMade, ns, opt, soa } from './hand-made-messages.js';
import { decodeMessage } from './message.js';
import { TYPE } from './registry.js';

const asked: Asked = { id: 0x1234, name: 'www.example.net', type: TYPE.A };

function meaning(message: HandMade, question: Asked = asked): Classification {
  return classify(
    question,
    decodeMessage(handMade({ question: { name: question.name, type: question.type }, ...message })),
  );
}

describe('an answer', () => {
  test('gives addresses, aliases, the shortest TTL', () => {
    const reply = meaning({
      answers: [
        cname('www.example.net', 'edge.example.org', 20),
        cname('edge.example.org', 'pop.example.org', 600),
        a('pop.example.org', '192.0.2.1', 60),
        a('pop.example.org', '192.0.2.2', 60),
        a('pop.example.org', '192.0.2.1', 60),
      ],
    });
    expect(reply).toMatchObject({
      kind: 'answer',
      addresses: ['192.0.2.1', '192.0.2.2'],
      cnames: ['edge.example.org', 'pop.example.org'],
      end: 'pop.example.org',
      minTtl: 20,
      strayAddresses: 0,
      flags: { rd: true, ra: true, aa: false },
      rcodeName: 'NOERROR',
      soa: null,
      edns: null,
    });
  });

  test('is found in whatever order and case it stands', () => {
    const reply = meaning({
      answers: [a('POP.example.org', '192.0.2.1'), cname('WWW.example.NET', 'pop.Example.org')],
    });
    expect(reply).toMatchObject({ kind: 'answer', addresses: ['192.0.2.1'], end: 'pop.Example.org' });
  });

  test('leaves out, and counts, addresses of names that were not asked for', () => {
    const answers = [
      a('bank.example', '192.0.2.66'),
      a('www.example.net', '192.0.2.1'),
      a('bank.example', '192.0.2.67'),
    ];
    expect(meaning({ answers })).toMatchObject({ kind: 'answer', addresses: ['192.0.2.1'], strayAddresses: 2 });
    expect(meaning({ answers: [a('bank.example', '192.0.2.66')] })).toMatchObject({
      kind: 'nodata',
      strayAddresses: 1,
    });
  });

  test('of another class is none', () => {
    const chaos = { ...a('www.example.net', '192.0.2.1'), class: 3 };
    expect(meaning({ answers: [chaos] })).toMatchObject({ kind: 'nodata' });
  });

  test('for other types gives the records', () => {
    const question = { ...asked, name: 'example.net', type: TYPE.NS };
    const reply = meaning({ answers: [ns('example.net', 'ns.example.net')] }, question);
    expect(reply).toMatchObject({ kind: 'answer', addresses: [], answers: [{ data: { target: 'ns.example.net' } }] });
    const alias = meaning({ answers: [cname('www.example.net', 'x')] }, { ...asked, type: TYPE.CNAME });
    expect(alias).toMatchObject({ kind: 'answer', cnames: [], answers: [{ data: { target: 'x' } }] });
    const six = meaning(
      { answers: [aaaa('www.example.net', [0x2001, 0xdb8, 0, 0, 0, 0, 0, 9])] },
      { ...asked, type: TYPE.AAAA },
    );
    expect(six).toMatchObject({ kind: 'answer', addresses: ['2001:db8::9'] });
  });

  test('of which no record can be read is malformed', () => {
    expect(meaning({ answers: [{ owner: 'www.example.net', type: TYPE.A, data: [1, 2] }] }).kind).toBe('malformed');
  });

  test('carries the extended errors beside it', () => {
    const reply = meaning({
      answers: [a('www.example.net', '192.0.2.1')],
      additionals: [opt([{ code: 3, text: 'old' }])],
    });
    expect(reply).toMatchObject({
      kind: 'answer',
      ede: [{ code: 3, name: 'Stale Answer', text: 'old' }],
      edns: { payloadSize: 1232 },
    });
  });
});

describe('a chain of aliases', () => {
  test('that comes back to itself is broken', () => {
    const answers = [cname('www.example.net', 'a.example.net'), cname('a.example.net', 'WWW.example.net')];
    expect(meaning({ answers })).toMatchObject({ kind: 'broken-chain', problem: 'loop' });
    expect(meaning({ answers: [cname('www.example.net', 'www.example.net')] })).toMatchObject({
      kind: 'broken-chain',
      problem: 'loop',
    });
  });

  test('that is too long is broken', () => {
    const links = Array.from({ length: 40 }, (_, at) => cname(`n${at}.example.net`, `n${at + 1}.example.net`));
    const answers = [cname('www.example.net', 'n0.example.net'), ...links];
    expect(meaning({ answers })).toMatchObject({ kind: 'broken-chain', problem: 'too-long' });
  });

  test('may end in nothing', () => {
    const answers = [cname('www.example.net', 'gone.example.org')];
    expect(meaning({ answers, authorities: [soa('example.org')], rcode: 3 })).toMatchObject({
      kind: 'nxdomain',
      end: 'gone.example.org',
      soa: { zone: 'example.org', encloses: true },
    });
  });
});

describe('absence', () => {
  test('of the name, with the zone that says so and for how long', () => {
    expect(meaning({ rcode: 3, authorities: [soa('example.net', 60, 900)] })).toMatchObject({
      kind: 'nxdomain',
      soa: { zone: 'example.net', negativeTtl: 60, encloses: true },
    });
    expect(meaning({ rcode: 3, authorities: [soa('example.net', 600, 30)] })).toMatchObject({
      soa: { negativeTtl: 30 },
    });
    expect(meaning({ rcode: 3, authorities: [soa('blocked.invalid')] })).toMatchObject({
      soa: { zone: 'blocked.invalid', encloses: false },
    });
    expect(meaning({ rcode: 3 })).toMatchObject({ kind: 'nxdomain', soa: null });
  });

  test('of the type', () => {
    expect(meaning({ authorities: [soa('example.net')] })).toMatchObject({
      kind: 'nodata',
      soa: { zone: 'example.net' },
    });
    expect(meaning({})).toMatchObject({ kind: 'nodata', soa: null });
  });

  test('is no referral to others', () => {
    const authorities = [ns('net', 'a.gtld.example')];
    expect(meaning({ flags: FLAG.response, authorities })).toMatchObject({ kind: 'referral', zone: 'net' });
    expect(meaning({ flags: FLAG.response | FLAG.aa, authorities })).toMatchObject({ kind: 'nodata' });
    expect(meaning({ authorities: [...authorities, soa('net')] })).toMatchObject({ kind: 'nodata' });
    expect(meaning({ authorities: [ns('elsewhere.example', 'x')] })).toMatchObject({ kind: 'nodata' });
  });

  test('of any reply', () => expect(classify(asked, null)).toEqual({ kind: 'no-reply' }));
});

describe('a refusal or failure', () => {
  test.each([
    [1, 'formerr'],
    [2, 'servfail'],
    [4, 'notimp'],
    [5, 'refused'],
    [9, 'other-rcode'],
  ])('rcode %i is %s, with the question or without', (rcode, kind) => {
    expect(meaning({ rcode })).toMatchObject({ kind, rcode });
    expect(meaning({ rcode, question: null })).toMatchObject({ kind, rcode });
  });

  test('BADVERS comes from EDNS', () => {
    expect(meaning({ additionals: [opt([], 1)] })).toMatchObject({ kind: 'other-rcode', rcodeName: 'BADVERS' });
  });
});

describe('a reply that is not the answer', () => {
  test('to another query', () => expect(meaning({ id: 0x4321 })).toEqual({ kind: 'wrong-id', id: 0x4321 }));

  test.each([
    ['another name', { name: 'www.example.com', type: TYPE.A }],
    ['another type', { name: 'www.example.net', type: TYPE.AAAA }],
    ['another class', { name: 'www.example.net', type: TYPE.A, class: 3 }],
    ['nothing', null],
  ])('about %s', (_, question) => {
    expect(meaning({ question, answers: [a('www.example.net', '192.0.2.1')] })).toMatchObject({
      kind: 'wrong-question',
    });
    expect(meaning({ question, rcode: 3 })).toMatchObject({ kind: 'wrong-question' });
  });

  test('a query sent back', () => {
    expect(meaning({ flags: FLAG.rd })).toEqual({ kind: 'malformed', error: { problem: 'not-a-response', offset: 2 } });
  });

  test('an answer to an update', () => {
    expect(meaning({ flags: FLAG.response | (5 << 11) })).toMatchObject({
      kind: 'malformed',
      error: { problem: 'other-opcode' },
    });
  });

  test('cut in the middle: truncated where it says so, malformed where not', () => {
    const cut = (flags: number): Classification => {
      const bytes = handMade({ flags, answers: [a('www.example.net', '192.0.2.1')] });
      return classify(asked, decodeMessage(bytes.subarray(0, bytes.length - 3)));
    };
    expect(cut(FLAG.response | FLAG.tc)).toMatchObject({ kind: 'truncated', flags: { tc: true } });
    expect(cut(FLAG.response)).toMatchObject({ kind: 'malformed', error: { problem: 'record-past-end' } });
    expect(meaning({ flags: FLAG.response | FLAG.tc })).toMatchObject({ kind: 'truncated' });
    expect(meaning({ flags: FLAG.response | FLAG.tc, rcode: 3 })).toMatchObject({ kind: 'nxdomain' });
  });

  test('less than a header', () => {
    expect(classify(asked, decodeMessage(Uint8Array.of(0x12, 0x34)))).toMatchObject({
      kind: 'malformed',
      error: { problem: 'message-too-short' },
    });
  });
});

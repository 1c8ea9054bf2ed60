import * as oracle from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classify } from './classify.js';
import { a, aaaa, cname, decoded, handMade, opt, soa, u16, u32, wireName } from './hand-made-messages.js';
import { type DecodeResult, decodeMessage, MAX_RECORDS } from './message.js';
import { TYPE } from './registry.js';
import { signsOfFiltering } from './signs-of-filtering.js';

const asked = { id: 0x1234, name: 'www.example.net', type: TYPE.A };

function problemOf(bytes: Uint8Array): string | null {
  const result = decodeMessage(bytes);
  return result.ok ? null : result.error.problem;
}

function milliseconds(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** All that must hold of whatever came in: it ends, it is JSON, no control character is in it, nothing is unbounded. */
function holdsFor(bytes: Uint8Array): DecodeResult {
  const result = decodeMessage(bytes);
  const meaning = classify(asked, result);
  const signs = signsOfFiltering(meaning, { publicName: true });
  const all = [result, meaning, signs];
  const json = JSON.stringify(all, (_, value: unknown) => {
    if (typeof value === 'string') expect(value).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    return value;
  });
  expect(JSON.parse(json)).toEqual(all);
  if (result.ok) {
    const { answers, authorities, additionals, edns } = result.message;
    for (const section of [answers, authorities, additionals]) expect(section.length).toBeLessThanOrEqual(MAX_RECORDS);
    expect(edns?.extendedErrors.length ?? 0).toBeLessThanOrEqual(8);
  } else {
    expect(meaning.kind).toMatch(/^(malformed|wrong-id|truncated)$/);
  }
  return result;
}

describe('bytes of any kind', () => {
  test('random ones', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => void holdsFor(bytes)),
      { numRuns: 2500 },
    );
  });

  test('random ones behind a good header and question', () => {
    const start = handMade({ counts: [1, 3, 2, 2] });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (rest) => void holdsFor(Uint8Array.from([...start, ...rest]))),
      { numRuns: 2500 },
    );
  });

  const seeds = [
    handMade({
      answers: [
        cname('www.example.net', 'edge.example.org'),
        a('edge.example.org', '192.0.2.1'),
        aaaa('x', [1, 2, 3, 4, 5, 6, 7, 8]),
      ],
      authorities: [soa('example.net')],
      additionals: [opt([{ code: 15, text: 'policy' }])],
    }),
    handMade({
      question: { name: 'www.example.net', type: TYPE.HTTPS },
      answers: [
        {
          owner: 'www.example.net',
          type: TYPE.HTTPS,
          data: [0, 1, 0, 0, 1, 0, 3, 2, 0x68, 0x32, 0, 4, 0, 4, 192, 0, 2, 1],
        },
      ],
    }),
    Uint8Array.from(
      oracle.encode({
        type: 'response',
        id: 0x1234,
        flags: 0x180,
        questions: [{ type: 'A', name: 'www.example.net' }],
        answers: [
          { type: 'MX', name: 'www.example.net', data: { preference: 1, exchange: 'mx.example.net' } },
          { type: 'TXT', name: 'www.example.net', data: ['one', 'two'] },
        ],
      }),
    ),
  ];

  test('good ones with bytes changed, added, cut', () => {
    const change = fc.record({
      at: fc.nat(400),
      byte: fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, 0xc0, 0xff, 63, 64)),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...seeds),
        fc.array(change, { maxLength: 6 }),
        fc.nat(400),
        fc.boolean(),
        (seed, changes, length, cut) => {
          const bytes = seed.slice(0, cut ? length % seed.length : seed.length);
          // Id and flags are left alone mostly, or nothing behind them would be reached.
          for (const { at, byte } of changes) if (bytes.length > 0) bytes[at % bytes.length] = byte;
          holdsFor(bytes);
        },
      ),
      { numRuns: 5000 },
    );
  });

  test('every prefix of a good one', () => {
    for (const seed of seeds) {
      for (let length = 0; length < seed.length; length++) expect(holdsFor(seed.subarray(0, length)).ok).toBe(false);
      expect(holdsFor(seed).ok).toBe(true);
    }
  });
});

describe('messages made to hurt', () => {
  const pointerAt = (target: number): number[] => u16(0xc000 | target);
  // The question's name begins at 12, and 17 bytes and the type and class follow: the first record is at 33.
  const first = 33;
  const record = (owner: readonly number[], type: number, data: readonly number[]) => ({ owner, type, data });

  test.each([
    [
      'an owner that points to itself',
      handMade({ answers: [record(pointerAt(first), 1, [192, 0, 2, 1])] }),
      'pointer-not-backwards',
    ],
    [
      'an owner that points forwards',
      handMade({ answers: [record(pointerAt(first + 4), 1, [192, 0, 2, 1])] }),
      'pointer-not-backwards',
    ],
    [
      'two owners that point at each other',
      handMade({
        answers: [record(pointerAt(first + 16), 1, [192, 0, 2, 1]), record(pointerAt(first), 1, [192, 0, 2, 1])],
      }),
      'pointer-not-backwards',
    ],
    [
      'a label of 64 bytes',
      handMade({ answers: [record([64, ...Array(64).fill(97), 0], 1, [192, 0, 2, 1])] }),
      'label-type-reserved',
    ],
    ['more questions than bytes', handMade({ counts: [0xffff, 0, 0, 0] }), 'name-past-end'],
    [
      'more answers than bytes',
      handMade({ counts: [1, 0xffff, 0, 0], answers: [a('x', '192.0.2.1')] }),
      'record-past-end',
    ],
    ['more of everything than bytes', handMade({ counts: [1, 0xffff, 0xffff, 0xffff] }), 'record-past-end'],
    ['data longer than the message', handMade({ answers: [a('x', '192.0.2.1')] }).subarray(0, -1), 'record-past-end'],
    ['nothing', new Uint8Array(), 'message-too-short'],
    ['eleven bytes', new Uint8Array(11), 'message-too-short'],
    ['more than 64 KiB', new Uint8Array(0x10000), 'message-too-long'],
  ])('%s', (_, bytes, problem) => {
    expect(problemOf(bytes)).toBe(problem);
    holdsFor(bytes);
  });

  test('a CNAME that points to itself spoils its record only', () => {
    const data = pointerAt(first + 12);
    const message = decoded(handMade({ answers: [record(pointerAt(12), TYPE.CNAME, data), a('x', '192.0.2.1')] }));
    expect(message.answers[0]).toMatchObject({
      name: 'www.example.net',
      data: { kind: 'malformed', problem: 'pointer-not-backwards' },
    });
    expect(message.answers[1]?.data.kind).toBe('A');
  });

  test('a thousand answers: the first are kept, all are counted', () => {
    const answers = Array.from({ length: 1000 }, (_, at) => a('www.example.net', `192.0.2.${at % 250}`));
    const bytes = handMade({ answers, additionals: [opt([{ code: 3 }])] });
    const message = decoded(bytes);
    expect(message.answers).toHaveLength(MAX_RECORDS);
    expect(message.counts.answers).toBe(1000);
    expect(message.edns?.extendedErrors).toMatchObject([{ code: 3 }]);
    expect(classify(asked, decodeMessage(bytes))).toMatchObject({ kind: 'answer', strayAddresses: 0 });
  });

  test('answers hidden behind a thousand others are not called absent', () => {
    const answers = [
      ...Array.from({ length: 1000 }, () => cname('other.example.net', 'x')),
      a('www.example.net', '192.0.2.1'),
    ];
    expect(classify(asked, decodeMessage(handMade({ answers })))).toEqual({
      kind: 'malformed',
      error: { problem: 'too-many-records', offset: 0 },
    });
  });

  test('64 KiB of the smallest records there are', () => {
    const answers = Array.from({ length: 5950 }, () => record([0], 9999, []));
    const bytes = handMade({ answers });
    expect(bytes.length).toBeGreaterThan(65_000);
    let message = decoded(bytes);
    expect(milliseconds(() => (message = decoded(bytes)))).toBeLessThan(50);
    expect(message.counts.answers).toBe(5950);
    holdsFor(bytes);
  });

  test('64 KiB of pointers to the longest and slowest name', () => {
    // 127 labels of one byte, each behind its own pointer, as far as a pointer reaches (14 bits).
    const stairs: number[] = [1, 97, 0];
    let previous = 44;
    for (let step = 0; step < 125; step++) {
      const start = 44 + stairs.length;
      stairs.push(1, 97, ...pointerAt(previous));
      previous = start;
    }
    const holder = record([0], 9999, stairs);
    const data = [...pointerAt(previous), ...pointerAt(previous), ...[1, 2, 3, 4, 5].flatMap(u32)];
    const heavy = Array.from({ length: 1800 }, () => record(pointerAt(previous), TYPE.SOA, data));
    const bytes = handMade({ answers: [holder, ...heavy] });
    expect(bytes.length).toBeLessThan(65_536);
    const message = decoded(bytes);
    expect(message.answers[1]?.name).toHaveLength(251);
    expect(message.answers[1]?.data.kind).toBe('SOA');
    expect(milliseconds(() => void decoded(bytes))).toBeLessThan(100);
    holdsFor(bytes);
  });

  test('names full of bytes that a terminal would obey', () => {
    const owner = [
      63,
      ...Array.from({ length: 63 }, (_, at) => at % 32),
      6,
      0x9b,
      0x7f,
      0xe2,
      0x80,
      0xae,
      0xff,
      ...wireName('net'),
    ];
    const answers = [record(owner, TYPE.CNAME, owner), record(owner, TYPE.TXT, [4, 0x1b, 0x5d, 0x30, 0x07])];
    const result = holdsFor(handMade({ answers }));
    expect(result.ok && result.message.answers[1]?.data).toMatchObject({ kind: 'TXT', strings: ['\\027]0\\007'] });
  });
});

test('a usual answer is decoded in less than 20 microseconds', () => {
  const bytes = handMade({
    answers: [
      cname('www.example.net', 'edge.example.org'),
      a('edge.example.org', '192.0.2.1'),
      a('edge.example.org', '192.0.2.2'),
    ],
    additionals: [opt()],
  });
  const rounds = 2000;
  const run = (): number =>
    milliseconds(() => Array.from({ length: rounds }).forEach(() => decodeMessage(bytes))) / rounds;
  // The best of several: the machine has other work, and the first rounds are not compiled yet.
  const best = Math.min(...Array.from({ length: 10 }, run)) * 1000;
  expect(best).toBeLessThan(20);
});

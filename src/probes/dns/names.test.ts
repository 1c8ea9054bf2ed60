import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wireName } from './hand-made-messages.js';
import { canonicalName, decodeName, encodeName, isWithin, sameName, skipName } from './names.js';
import { Reader, WireError } from './wire.js';

const label63 = 'a'.repeat(63);

function problemOf(name: string): string | null {
  const encoded = encodeName(name);
  return encoded.ok ? null : encoded.problem;
}

function decodeProblem(bytes: readonly number[], at = 0): string | null {
  try {
    decodeName(new Reader(Uint8Array.from(bytes), at));
    return null;
  } catch (error) {
    if (error instanceof WireError) return error.problem;
    throw error;
  }
}

describe('encodeName', () => {
  test('writes labels behind their length, with or without the trailing dot', () => {
    expect(wireName('ab.c')).toEqual([2, 97, 98, 1, 99, 0]);
    expect(wireName('ab.c.')).toEqual(wireName('ab.c'));
    expect(wireName('.')).toEqual([0]);
  });

  test('takes escapes', () => {
    expect(wireName('a\\.b.c')).toEqual([3, 97, 46, 98, 1, 99, 0]);
    expect(wireName('\\000\\255')).toEqual([2, 0, 255, 0]);
    expect(wireName('a\\\\')).toEqual([2, 97, 92, 0]);
  });

  test.each([
    ['', 'empty'],
    ['..', 'empty-label'],
    ['.a', 'empty-label'],
    ['a..b', 'empty-label'],
    [`${label63}a.b`, 'label-too-long'],
    [`${label63}.${label63}.${label63}.${'a'.repeat(62)}`, 'name-too-long'],
    ['x'.repeat(10_000), 'name-too-long'],
    ['bücher.example', 'bad-character'],
    ['a b', 'bad-character'],
    ['a\u0000b', 'bad-character'],
    ['a\\', 'bad-escape'],
    ['a\\25', 'bad-escape'],
    ['a\\256', 'bad-escape'],
  ])('refuses %j', (name, problem) => expect(problemOf(name)).toBe(problem));

  test('takes the longest name there is: 255 bytes', () => {
    expect(wireName(`${label63}.${label63}.${label63}.${'a'.repeat(61)}`)).toHaveLength(255);
  });
});

describe('decodeName', () => {
  test('any labels come back as they were, in printable ASCII', () => {
    const labels = fc.array(fc.uint8Array({ minLength: 1, maxLength: 63 }), { maxLength: 3 });
    fc.assert(
      fc.property(labels, (parts) => {
        const wire = [...parts.flatMap((part) => [part.length, ...part]), 0];
        const reader = new Reader(Uint8Array.from(wire));
        const text = decodeName(reader);
        expect(reader.left).toBe(0);
        expect(text).toMatch(/^[\x21-\x7e]+$/);
        expect(wireName(text)).toEqual(wire);
      }),
      { numRuns: 500 },
    );
  });

  test('follows pointers backwards and stands behind the first of them', () => {
    const header = Array.from({ length: 12 }, () => 0);
    const bytes = Uint8Array.from([
      ...header,
      ...wireName('example.net'),
      3,
      119,
      119,
      119,
      0xc0,
      12,
      1,
      120,
      0xc0,
      25,
    ]);
    const reader = new Reader(bytes, 25);
    expect(decodeName(reader)).toBe('www.example.net');
    expect(reader.offset).toBe(31);
    expect(decodeName(reader)).toBe('x.www.example.net');
    expect(reader.left).toBe(0);
  });

  const header = Array.from({ length: 12 }, () => 0);
  test.each([
    ['a pointer to itself', [...header, 0xc0, 12], 12, 'pointer-not-backwards'],
    ['a pointer back into the label before it', [...header, 1, 97, 0xc0, 12], 12, 'pointer-not-backwards'],
    ['a pointer forwards', [...header, 0xc0, 14, 0], 12, 'pointer-not-backwards'],
    ['two pointers at each other', [...header, 0xc0, 14, 0xc0, 12], 14, 'pointer-not-backwards'],
    ['a pointer into the header', [...header, 0xc0, 4], 12, 'pointer-into-header'],
    ['half a pointer', [...header, 0xc0], 12, 'name-past-end'],
    ['a label of 64 bytes', [...header, 0x40, ...Array.from({ length: 65 }, () => 97), 0], 12, 'label-type-reserved'],
    ['a label type that is none', [...header, 0x80, 0], 12, 'label-type-reserved'],
    ['a label cut off', [...header, 5, 97], 12, 'name-past-end'],
    ['no end', [...header, 1, 97], 12, 'name-past-end'],
  ])('refuses %s', (_, bytes, at, problem) => expect(decodeProblem(bytes, at)).toBe(problem));

  test('bounds the length over pointers', () => {
    // Each part adds a label of 60 bytes to the one before it.
    const bytes = [...header, ...wireName('end')];
    let previous = 12;
    for (let part = 0; part < 4; part++) {
      const start = bytes.length;
      bytes.push(60, ...Array.from({ length: 60 }, () => 97), 0xc0, previous);
      previous = start;
    }
    expect(decodeProblem(bytes, previous)).toBe(null);
    expect(
      decodeProblem(
        [...bytes, 60, ...Array.from({ length: 60 }, () => 97), 0xc0 | (previous >> 8), previous & 0xff],
        bytes.length,
      ),
    ).toBe('name-too-long');
  });

  test('bounds a staircase of pointers that add nothing', () => {
    const bytes = [...header, 0];
    for (let step = 0; step < 200; step++) {
      const target = step === 0 ? 12 : bytes.length - 2;
      bytes.push(0xc0 | (target >> 8), target & 0xff);
    }
    expect(decodeProblem(bytes, 13 + 2 * 100)).toBe(null);
    expect(decodeProblem(bytes, bytes.length - 2)).toBe('too-many-pointers');
  });

  test('skipName ends where decodeName ends', () => {
    const bytes = Uint8Array.from([...header, ...wireName('a.b'), 1, 99, 0xc0, 12]);
    for (const at of [12, 17]) {
      const [one, other] = [new Reader(bytes, at), new Reader(bytes, at)];
      decodeName(one);
      skipName(other);
      expect(other.offset).toBe(one.offset);
    }
  });
});

describe('comparing', () => {
  test('ignores ASCII case, trailing dot and the way of escaping', () => {
    expect(sameName('WWW.Example.NET', 'www.example.net.')).toBe(true);
    expect(sameName('\\097.b', 'A.b')).toBe(true);
    expect(sameName('a\\.b', 'a.b')).toBe(false);
    expect(canonicalName('a\\.')).toBe('a\\.');
    expect(canonicalName('.')).toBe('.');
  });

  test('knows what lies within a zone', () => {
    expect(isWithin('www.example.net', 'EXAMPLE.net.')).toBe(true);
    expect(isWithin('example.net', 'example.net')).toBe(true);
    expect(isWithin('example.net', '.')).toBe(true);
    expect(isWithin('badexample.net', 'example.net')).toBe(false);
    expect(isWithin('net', 'example.net')).toBe(false);
    expect(isWithin('www\\.example.net', 'example.net')).toBe(false);
    expect(isWithin('www\\\\.example.net', 'example.net')).toBe(true);
  });
});

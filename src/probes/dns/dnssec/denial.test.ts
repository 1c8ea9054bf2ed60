import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResourceRecord } from '../message.js';
import { encodeName } from '../names.js';
import { decodeRecordData } from '../record-data.js';
import { CLASS_IN, TYPE, typeName } from '../registry.js';
import { Reader } from '../wire.js';
import { checkDenial } from './check-denial.js';
import { denialOf, hasType, provesWildcard } from './denial.js';
import { compareNames, hashedName } from './name-order.js';

type Types = readonly (keyof typeof TYPE)[];

/** All of the types here are in the first window, CAA in the second. */
function bitmap(types: Types): number[] {
  const windows = new Map<number, number[]>();
  for (const type of types) {
    const [window, bit] = [TYPE[type] >> 8, TYPE[type] & 0xff];
    const bytes = windows.get(window) ?? Array.from({ length: 32 }, () => 0);
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
    windows.set(window, bytes);
  }
  return [...windows].toSorted(([a], [b]) => a - b).flatMap(([window, bytes]) => [window, 32, ...bytes]);
}

function record(name: string, type: 'NSEC' | 'NSEC3', bytes: readonly number[]): ResourceRecord {
  const data = decodeRecordData(TYPE[type], new Reader(Uint8Array.from(bytes)));
  return { name, type: TYPE[type], typeName: typeName(TYPE[type]), class: CLASS_IN, ttl: 60, data };
}

function nsec(owner: string, next: string, ...types: Types): ResourceRecord {
  const wire = encodeName(next);
  return record(owner, 'NSEC', [...(wire.ok ? wire.bytes : []), ...bitmap(types)]);
}

function base32(hex: string): string {
  const bits = Array.from(hex, (digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((five) => Number.parseInt(five, 2).toString(32)).join('');
}

const salt = 'aabbccdd';
const hash = (name: string, rounds = 12): string => hashedName(name, salt, rounds) ?? '';

function nsec3(owner: string, next: string, flags: number, types: Types, rounds = 12): ResourceRecord {
  const bytes = (hex: string): number[] => [...Buffer.from(hex, 'hex')];
  return record(`${base32(owner)}.example`, 'NSEC3', [
    1,
    flags,
    0,
    rounds,
    4,
    ...bytes(salt),
    20,
    ...bytes(next),
    ...bitmap(types),
  ]);
}

describe('names in the order of DNSSEC', () => {
  it('are those of RFC 4034, 6.1', () => {
    const sorted = ['example', 'a.example', 'yljkjljk.a.example', 'Z.a.example', 'zABC.a.EXAMPLE', 'z.example', '\\001.z.example', '*.z.example', '\\200.z.example']; // prettier-ignore
    expect(sorted.toReversed().toSorted(compareNames)).toEqual(sorted);
  });

  it('are hashed as in RFC 5155, appendix A', () => {
    expect(base32(hash('example'))).toBe('0p9mhaveqvm6t7vbl5lop2u3t2rp3tom');
    expect(base32(hash('x.y.w.EXAMPLE.'))).toBe('2vptu5timamqttgl4luu9kg21e0aor3s');
    expect(base32(hash('*.w.example'))).toBe('r53bq7cc2uvmubfu5ocmm6pers9tk9en');
  });
});

describe('NSEC', () => {
  const zone = [
    nsec('example', 'a.example', 'NS', 'SOA', 'DNSKEY'),
    nsec('a.example', 'b.example', 'NS'),
    nsec('b.example', 'ns1.example', 'NS', 'DS'),
    nsec('ns1.example', 'x.w.example', 'A'),
    nsec('x.w.example', 'example', 'MX', 'CAA'),
  ];
  const says = (name: string, type: keyof typeof TYPE, records = zone) =>
    denialOf(name, TYPE[type], 'example', records);

  it('proves that a zone begins there and is not signed', () => {
    expect(says('a.example', 'DS')).toBe('unsigned');
    expect(says('b.example', 'DS')).toBeNull();
    expect(says('a.example', 'A')).toBeNull();
  });

  it('proves that there is no such name, or type, the case of letters aside', () => {
    expect(says('C.example', 'A')).toBe('no-name');
    expect(says('y.example', 'DS')).toBe('no-name');
    expect(says('ns1.example', 'AAAA')).toBe('no-type');
    expect(says('ns1.example', 'A')).toBeNull();
    expect(says('ns1.example', 'DS')).toBe('no-type');
    // There is nothing at the name itself, and something below it.
    expect(says('w.example', 'A')).toBe('no-type');
    expect(says('x.w.example', 'CAA')).toBeNull();
  });

  it('of the name above a zone, or of the zone about its own key, proves nothing', () => {
    expect(says('c.a.example', 'A')).toBeNull();
    expect(denialOf('sub.example', TYPE.DS, 'example', [nsec('sub.example', 'z.example', 'NS', 'SOA')])).toBeNull();
  });

  it('does not do where a wildcard may stand, or from outside the zone', () => {
    expect(says('c.example', 'A', zone.slice(1, 3))).toBeNull();
    expect(says('c.example', 'A', [nsec('example', 'b.example', 'NS', 'SOA'), ...zone.slice(2)])).toBe('no-name');
    expect(denialOf('c.example', TYPE.A, 'example', [nsec('com', 'org', 'NS')])).toBeNull();
    expect(says('c.example', 'A', [...zone.slice(2, 3), nsec('*.example', 'a.example', 'A')])).toBeNull();
  });
});

describe('NSEC3', () => {
  // RFC 5155, B.1: a.c.x.w.example is not there.
  const proof = (flags: number, rounds = 12): ResourceRecord[] => [
    nsec3(hash('example', rounds), hash('ns1.example', rounds), flags, ['NS', 'SOA', 'MX', 'DNSKEY'], rounds),
    nsec3(hash('x.w.example', rounds), hash('ai.example', rounds), flags, ['MX'], rounds),
    nsec3(hash('a.example', rounds), hash('x.w.example', rounds), flags, ['NS', 'DS'], rounds),
  ];

  it('proves that there is no such name, and leaves it open where it opts out', () => {
    expect(denialOf('a.c.x.w.example', TYPE.A, 'example', proof(0))).toBe('no-name');
    expect(denialOf('a.c.x.w.example', TYPE.A, 'example', proof(1))).toBe('unsigned');
    expect(denialOf('a.c.x.w.example', TYPE.A, 'example', proof(0).slice(0, 2))).toBeNull();
    expect(denialOf('a.c.x.w.example', TYPE.A, 'example', proof(0).slice(1))).toBeNull();
    expect(denialOf('a.c.x.w.example', TYPE.A, 'example', proof(2))).toBeNull();
  });

  it('proves what there is not at a name', () => {
    expect(denialOf('x.w.example', TYPE.A, 'example', proof(0))).toBe('no-type');
    expect(denialOf('x.w.example', TYPE.MX, 'example', proof(0))).toBeNull();
    expect(denialOf('a.example', TYPE.DS, 'example', proof(0))).toBeNull();
    const cut = [nsec3(hash('c.example'), hash('a.example'), 0, ['NS'])];
    expect(denialOf('c.example', TYPE.DS, 'example', cut)).toBe('unsigned');
    expect(denialOf('c.example', TYPE.A, 'example', cut)).toBeNull();
  });

  it('is not worked out where it takes too many rounds', () => {
    expect(denialOf('a.c.x.w.example', TYPE.A, 'example', proof(0, 151))).toBe('too-many-rounds');
    expect(denialOf('a.c.x.w.example', TYPE.A, 'example', proof(0, 150))).not.toBe('too-many-rounds');
  });
});

describe('an answer from a wildcard', () => {
  const proves = (name: string, labels: number, records: readonly ResourceRecord[]) =>
    provesWildcard(name, labels, 'example', records);

  it('holds where nothing nearer to the name is there (NSEC, RFC 4035 B.6)', () => {
    const around = nsec('x.y.w.example', 'xx.example', 'MX');
    expect(proves('a.z.w.example', 2, [around])).toBe('proven');
    // There is y.w.example: a wildcard below it would have to answer, or none.
    expect(proves('a.y.w.example', 2, [nsec('x.w.example', 'x.y.w.example', 'MX')])).toBeNull();
    expect(proves('a.z.w.example', 1, [around])).toBeNull();
    expect(proves('x.y.w.example', 2, [around])).toBeNull();
    expect(proves('a.z.w.example', 2, [])).toBeNull();
    // There is something below the very name.
    expect(proves('z.w.example', 2, [nsec('x.y.w.example', 'a.z.w.example', 'MX')])).toBeNull();
    // All of it is another zone's.
    expect(proves('a.z.w.example', 2, [nsec('w.example', 'xx.example', 'NS')])).toBeNull();
  });

  it('holds where the hash of the next nearer name is in a gap (NSEC3, RFC 5155 B.4)', () => {
    const gap = nsec3('0'.repeat(40), 'f'.repeat(40), 0, ['A']);
    expect(proves('a.z.w.example', 2, [gap])).toBe('proven');
    const nextCloser = nsec3(hash('z.w.example'), 'f'.repeat(40), 0, ['A']);
    expect(proves('a.z.w.example', 2, [nextCloser])).toBeNull();
    expect(proves('a.z.w.example', 2, [nsec3('0'.repeat(40), 'f'.repeat(40), 0, ['A'], 151)])).toBe('too-many-rounds');
  });
});

describe('hostile records', () => {
  it('with windows out of order, too long or cut off are no proof', () => {
    const root = [0];
    for (const types of [
      [0, 0],
      [0, 33, ...Array.from({ length: 33 }, () => 255)],
      [1, 1, 255, 0, 1, 255],
      [0, 4, 255],
      [0],
    ])
      // prettier-ignore
      expect(record('a.example', 'NSEC', [...root, ...types]).data.kind).toBe('malformed');
    // A pointer in the next name leads into bytes that nobody has signed.
    expect(record('a.example', 'NSEC', [0xc0, 12]).data.kind).toBe('malformed');
  });

  it('without a signature that holds prove nothing', () => {
    const records = [nsec('a.example', 'b.example', 'NS')];
    expect(checkDenial(records, 'a.example', TYPE.DS, 'example', [], 0)).toEqual({
      denial: null,
      flaw: 'signature-missing',
    });
    expect(checkDenial([], 'a.example', TYPE.DS, 'example', [], 0)).toEqual({ denial: null, flaw: 'not-checked' });
  });

  it('of any bytes do no harm, and prove nothing where they are none', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.uint8Array({ maxLength: 80 }))), fc.domain(), (made, name) => {
        const records = made.map(([hashed, bytes]) => record(hashed ? `${'0'.repeat(32)}.${name}` : name, hashed ? 'NSEC3' : 'NSEC', [...bytes])); // prettier-ignore
        const whole = records.filter(({ data }) => data.kind !== 'malformed');
        if (whole.length === 0) expect(denialOf(name, TYPE.A, name, records)).toBeNull();
        denialOf(`www.${name}`, TYPE.DS, name, records);
      }),
    );
  });

  it('say of types only what is in them', () => {
    expect(hasType('', TYPE.A)).toBe(false);
    expect(hasType('0001', TYPE.A)).toBe(false);
    expect(hasType('000140', TYPE.A)).toBe(true);
    expect(hasType('000140', TYPE.DS)).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { checkRequest } from './root-words.js';

const facts = { target: { input: 'https://shop.example/', host: 'shop.example', port: 443 } };
const check = (request: object): unknown => checkRequest(JSON.stringify(request));

describe('what may be asked of the process that runs as root', () => {
  it.each([
    { do: 'plan', facts, only: null, until: null },
    { do: 'plan', facts, only: 'allow-in-firewall', until: '2026-12-24T18:30:00.000Z' },
    { do: 'apply', keepForMs: 60_000, until: null, allowWider: false, acceptRisk: false },
    { do: 'apply', keepForMs: 60_000, until: '2026-12-24T18:30:00.000Z', allowWider: true, acceptRisk: true },
    { do: 'judged', why: null },
    { do: 'undo', id: 'abcdefgh', all: false, anyway: false, guard: 'none' },
    { do: 'undo', id: null, all: true, anyway: true, guard: 'ask' },
  ])('is taken as it is: %j', (request) => {
    expect(check(request)).toEqual(request);
  });

  it.each([
    {},
    { do: 'run', command: 'reboot' },
    { do: '__proto__' },
    { do: 'plan', only: null },
    { do: 'plan', facts: [], only: null },
    { do: 'plan', facts: {}, only: null },
    { do: 'plan', facts, only: '../x', until: null },
    { do: 'plan', facts, only: null, until: 'now; reboot' },
    { do: 'plan', facts, only: null, until: null, operations: [{ kind: 'restore-file', to: '/etc/shadow' }] },
    { do: 'apply', keepForMs: 1, until: null },
    { do: 'apply', keepForMs: '60000', until: null },
    { do: 'apply', keepForMs: 1e12, until: null },
    { do: 'apply', keepForMs: 60_000, until: 'friday; reboot' },
    { do: 'apply', keepForMs: 60_000, until: null, plan: { operations: [] } },
    { do: 'judged', why: 7 },
    { do: 'undo', id: '../../etc/passwd', all: false, anyway: false },
    { do: 'undo', id: 'abcdefgh', file: '/etc/hosts' },
  ])('is refused: %j', (request) => {
    expect(() => check(request)).toThrow();
  });

  it('an undo that says nothing of the session is guarded as in one where nobody can be asked', () => {
    expect(check({ do: 'undo', id: null, all: true, anyway: false })).toMatchObject({ guard: 'refuse' });
  });

  it('a moment is written as the journal compares it, and is one that it can compare', () => {
    const until = (text: string): unknown => check({ do: 'plan', facts, only: null, until: text });
    expect(until('2026-12-24T18:30:00+09:00')).toMatchObject({ until: '2026-12-24T09:30:00.000Z' });
    for (const never of ['+012345-01-01T00:00:00.000Z', '-000001-01-01T00:00:00Z']) expect(() => until(never)).toThrow(/no moment/); // prettier-ignore
  });

  it('is JSON, one object', () => {
    for (const line of ['', 'null', '[]', '"plan"', '{', '\0']) expect(() => checkRequest(line)).toThrow();
  });
});

import { expect, it } from 'vitest';
import type { Facts } from '../model/facts.js';
import { whyNotStarted } from './program-attempts.js';
import { hasEnded } from './program-start.js';

const of = (value: object): { facts: Facts } => ({
  facts: { 'device.program': { state: 'known', value } } as unknown as Facts,
});

it('tells a process that ended meanwhile from one that runs', () => {
  const gone = of({ pid: 7, running: false, opens: null });
  const well = of({ pid: 7, running: true, opens: null });
  const none = { facts: {} as Facts };
  expect([gone, well, none].map(hasEnded)).toEqual([true, false, false]);
});

it('says of a program that is not started what the system says of its file, and blames nobody', () => {
  const program = { pid: null, named: 'curl', path: '/usr/bin/curl', running: false, interpreter: null };
  const missing = { operation: 'execute', code: 'missing', raw: 'ENOENT' } as const;
  expect(whyNotStarted(missing, of(program).facts)).toBe(
    'There is no file /usr/bin/curl: nothing could connect by it. That somebody moved it away is not seen.',
  );
  // The file of a script is there: what runs it is not.
  const script = of({ ...program, interpreter: { path: '/usr/bin/python4', opens: 'ENOENT', runs: 'ENOENT' } }).facts;
  for (const [failure, facts] of [
    [missing, script],
    [{ operation: 'execute', code: 'not-permitted', raw: 'EPERM' }, of(program).facts],
  ] as const)
    expect(whyNotStarted(failure, facts)).toContain(`/usr/bin/curl cannot be started (${failure.raw})`);
});

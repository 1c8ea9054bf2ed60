import { expect, it } from 'vitest';
import type { Facts } from '../model/facts.js';
import { hasEnded, isMissing } from './program-start.js';

const of = (value: object): { facts: Facts } => ({
  facts: { 'device.program': { state: 'known', value } } as unknown as Facts,
});

it('tells a process that ended meanwhile from a file that is not there', () => {
  const gone = of({ pid: 7, running: false, opens: null });
  const missing = of({ pid: null, running: false, opens: 'ENOENT' });
  const well = of({ pid: 7, running: true, opens: null });
  const none = { facts: {} as Facts };
  expect([gone, missing, well, none].map(hasEnded)).toEqual([true, false, false, false]);
  expect([gone, missing, well, none].map(isMissing)).toEqual([false, true, false, false]);
});

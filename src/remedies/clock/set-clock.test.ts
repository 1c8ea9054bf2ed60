import { describe, expect, it } from 'vitest';
import type { Ailment } from '../../model/remedy.js';
import { checkOperation } from '../../operations/all.js';
import { remedy as clock } from './set-clock.js';

const wrong = { verdict: { culprit: { kind: 'setting', name: 'clock, 400 days fast' } } } as unknown as Ailment;
const off = { can: true, on: false };

describe('a clock that is wrong', () => {
  it.each([
    [{ chrony: false, systemd: off }, 'systemd'],
    [{ chrony: true, systemd: { can: true, on: true } }, 'chrony'],
  ])('is set by whoever looks after it: %j', (looks, by) => {
    const plan = clock.plan(wrong, looks);
    expect(plan).toMatchObject({ operations: [{ kind: 'clock-sync', by }] });
    for (const one of 'operations' in plan ? plan.operations : []) expect(checkOperation(one)).toEqual(one);
  });

  it.each([
    ['nobody looks after it', { chrony: false, systemd: null }],
    ['it is left to the network already', { chrony: false, systemd: { can: true, on: true } }],
    ['nothing is installed that could', { chrony: false, systemd: { can: false, on: false } }],
  ])('is left alone where %s', (_why, looks) => expect(clock.plan(wrong, looks)).toHaveProperty('whyNot'));

  it('is left alone where something else is wrong', () => {
    const other = { verdict: { culprit: { kind: 'setting', name: 'https_proxy' } } } as unknown as Ailment;
    expect(clock.plan(other, { chrony: false, systemd: off })).toHaveProperty('whyNot');
  });

  it.each([
    { kind: 'clock-sync', by: 'date' },
    { kind: 'clock-sync', by: 'systemd', time: '2026-01-01' },
  ])('is never set by hand: %j', (operation) => expect(() => checkOperation(operation)).toThrow(/not valid/));
});

import { expect, it } from 'vitest';
import type { Ailment } from '../../model/remedy.js';
import { remedy } from './allow-in-firewall.js';

const known = (value: unknown): unknown => ({ state: 'known', value });

function ailment(facts: Readonly<Record<string, unknown>>): Ailment {
  return {
    target: {},
    verdict: { cause: 'local-firewall', culprit: { kind: 'firewall-rule', rule: {} } },
    facts: { target: {}, ...facts },
  } as unknown as Ailment;
}

it('is offered for rules that stop what this computer sends, not for others that an exception for it leaves in force', () => {
  const flow = { stoppedBy: null };
  const through = { ...flow, around: { stoppedBy: { table: 'filter', chain: 'FORWARD' } } };
  expect(remedy.offers(ailment({}))).toBe(true);
  expect(remedy.offers(ailment({ 'kernel.trace': known({ flows: [flow] }) }))).toBe(true);
  expect(remedy.offers(ailment({ 'kernel.trace': known({ flows: [flow, through] }) }))).toBe(false);
  const stopped = { stoppedBy: { table: 'filter', chain: 'OUTPUT' } };
  expect(remedy.offers(ailment({ 'kernel.trace': known({ flows: [{ ...stopped, excerpt: {} }] }) }))).toBe(true);
  expect(remedy.offers(ailment({ 'kernel.trace': known({ flows: [stopped] }) }))).toBe(false);
  expect(remedy.offers(ailment({ 'device.firewall': known({ neighbours: [] }) }))).toBe(true);
  expect(remedy.offers(ailment({ 'device.firewall': known({ neighbours: [{ address: 'fe80::1', direction: 'in' }] }) }))).toBe(false); // prettier-ignore
});

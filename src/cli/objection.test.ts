import { describe, expect, it } from 'vitest';
import type { Plan } from '../model/remedy.js';
import { objectionTo } from './objection.js';

const plan: Plan = { title: '', operations: [], opens: [], wider: false, mayCutOff: false, notes: [] };
const nothing = { allowWider: false, acceptRisk: false };
const wide = { ...plan, wider: true, opens: ['other ports of 198.51.100.10'] };
const right = { ...plan, blockLooksRight: 'an administrator writes such lines' };

describe('what must be allowed in so many words', () => {
  it('is nothing for a plan that opens the target alone', () => {
    expect(objectionTo(plan, nothing)).toBe(null);
  });

  it('is what opens more than the target', () => {
    expect(objectionTo(wide, { ...nothing, acceptRisk: true })).toMatch(/other ports of .*--allow-wider/);
    expect(objectionTo(wide, { ...nothing, allowWider: true })).toBe(null);
  });

  it('is a block that looks right', () => {
    expect(objectionTo(right, { ...nothing, allowWider: true })).toMatch(/administrator.*--i-accept-the-risk/);
    expect(objectionTo(right, { ...nothing, acceptRisk: true })).toBe(null);
  });
});

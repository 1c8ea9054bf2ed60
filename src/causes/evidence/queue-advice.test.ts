import { describe, expect, it } from 'vitest';
import type { Facts } from '../../model/facts.js';
import { queueAdvice } from './queue-advice.js';

const facts = (mostWaiting?: number): Facts =>
  ({ 'device.limits': { state: 'known', value: { mostWaiting } } }) as unknown as Facts;

describe('what to do about a full queue', () => {
  it('names the bound of the kernel where that is what it reached', () =>
    expect(queueAdvice(facts(128), 128)).toContain('sudo sysctl -w net.core.somaxconn=256'));

  it.each([
    ['the program asked for less', facts(4096)],
    ['the bound is not known', facts()],
    ['no limits were read', {} as Facts],
  ])('does not where %s', (_why, given) => expect(queueAdvice(given, 128)).not.toContain('somaxconn'));
});

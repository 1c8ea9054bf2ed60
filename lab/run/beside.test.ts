import { expect, it } from 'vitest';
import { reachable, both, scenario, type Scenario } from '../scenario.js';
import { takeNext } from './beside.js';

const named = (id: string, more: Partial<Scenario> = {}): Scenario =>
  scenario({
    id,
    side: 'fine',
    title: id,
    target: '198.51.100.10:443',
    shows: 'reachable',
    nearly: [],
    break: [],
    expect: both(reachable),
    ...more,
  });

it('no program is asked about while a guard of programs runs in another world, nor two guards at once', () => {
  const guard = named('guard', { needs: ['opensnitch'] });
  const second = named('second', { needs: ['opensnitch'] });
  const program = named('program', { arguments: ['--app', '/bin/true'] });
  const plain = named('plain');
  const waiting = [second, program, plain];
  expect(takeNext(waiting, [guard])).toBe(plain);
  expect(takeNext(waiting, [guard])).toBeNull();
  expect(takeNext(waiting, [])).toBe(second);
  expect(takeNext(waiting, [second])).toBeNull();
  expect(takeNext(waiting, [])).toBe(program);
  expect(takeNext(waiting, [])).toBeNull();
});

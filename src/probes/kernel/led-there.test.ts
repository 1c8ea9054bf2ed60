import { describe, expect, it } from 'vitest';
import type { TraceEvent } from '../../model/system.js';
import { ledThere } from './led-there.js';

function event(chain: string, verdict: string, more: Partial<TraceEvent> = {}): TraceEvent {
  const place = { family: 'ip', table: 'filter', chain };
  return { ...place, kind: 'rule', verdict, direction: 'out', at: 0, localPort: 1, ...more };
}

const led = (events: readonly TraceEvent[]): string[] => {
  const end = events.at(-1);
  return end ? ledThere(events, end).map(({ chain, verdict }) => `${chain} ${verdict}`) : [];
};

describe('the jumps that led to an end', () => {
  it('are those that nothing came back from', () => {
    const events = [event('OUTPUT', 'jump'), event('a', 'continue'), event('a', 'jump'), event('b', 'drop')];
    expect(led(events)).toEqual(['OUTPUT jump', 'a jump']);
  });

  it('leave out a chain without rules, whose end the kernel does not report', () => {
    expect(led([event('OUTPUT', 'jump'), event('OUTPUT', 'jump'), event('b', 'drop')])).toEqual(['OUTPUT jump']);
  });

  it('leave out what was left by goto', () => {
    const events = [event('OUTPUT', 'jump'), event('a', 'goto'), event('b', 'continue'), event('OUTPUT', 'drop')];
    expect(led(events)).toEqual([]);
  });

  it('are none for a policy, nor for what another base chain let pass before', () => {
    const passed = [event('early', 'jump'), event('a', 'accept')];
    const policy = event('OUTPUT', 'drop', { kind: 'policy' });
    expect(led([...passed, event('OUTPUT', 'jump'), policy])).toEqual([]);
    expect(led([...passed, event('OUTPUT', 'drop')])).toEqual([]);
  });

  it('do not mix directions', () => {
    expect(led([event('INPUT', 'jump', { direction: 'in' }), event('OUTPUT', 'drop')])).toEqual([]);
  });
});

import type { Clock } from '../src/model/system.js';
import { whenAborted } from '../src/system/when-aborted.js';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/**
 * A clock for tests: nobody waits. When the event loop has nothing else to do, time jumps to the next sleeper, so that
 * a silent port costs no second, and several sleepers wake in the right order.
 */
export function virtualClock(start = new Date('2026-01-01T12:00:00Z')): Clock {
  let now = 0;
  let scheduled = false;
  const sleepers: Sleeper[] = [];

  const tick = (): void => {
    scheduled = false;
    const next = sleepers.shift();
    if (!next) return;
    now = Math.max(now, next.at);
    next.wake();
    schedule();
  };
  const schedule = (): void => {
    if (scheduled || sleepers.length === 0) return;
    scheduled = true;
    setImmediate(() => setImmediate(tick));
  };
  const add = (sleeper: Sleeper): void => {
    const before = sleepers.findIndex((other) => other.at > sleeper.at);
    if (before < 0) sleepers.push(sleeper);
    else sleepers.splice(before, 0, sleeper);
    schedule();
  };

  return {
    now: () => now,
    wall: () => new Date(start.getTime() + now),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const sleeper = { at: now + Math.max(0, ms), wake: () => done() };
        const cancel = (): void => {
          const index = sleepers.indexOf(sleeper);
          if (index >= 0) sleepers.splice(index, 1);
          done();
        };
        const done = (): void => {
          unwatch?.();
          resolve();
        };
        const unwatch = signal && whenAborted(signal, cancel);
        add(sleeper);
      }),
  };
}

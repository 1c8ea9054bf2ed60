import type { Clock } from '../model/system.js';
import { whenAborted } from './when-aborted.js';
import { monotonic } from './monotonic.js';

export const realClock: Clock = {
  now: monotonic,
  wall: () => new Date(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const wake = (): void => {
        clearTimeout(timer);
        unwatch?.();
        resolve();
      };
      const timer = setTimeout(wake, ms);
      const unwatch = signal && whenAborted(signal, wake);
    }),
};

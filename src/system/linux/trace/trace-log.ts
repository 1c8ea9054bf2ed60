import type { TraceEvent } from '../../../model/system.js';

/** Beyond this, events are dropped: a probe's flows have a few dozen each. */
const maxEvents = 20_000;

interface Waiting {
  readonly localPort: number;
  readonly test: (event: TraceEvent) => boolean;
  readonly resolve: (event: TraceEvent | null) => void;
}

export interface TraceLog {
  /** `own`: our own table saw the packet, which is no step of anybody's ruleset. */
  add(event: TraceEvent, own: boolean): void;
  events(): readonly TraceEvent[];
  seen(localPort: number): { readonly out: boolean; readonly in: boolean };
  wait(localPort: number, test: (event: TraceEvent) => boolean, ms: number): Promise<TraceEvent | null>;
  /** Nothing more will come: whoever waits is told. */
  end(): void;
}

export function traceLog(): TraceLog {
  const events: TraceEvent[] = [];
  const seen = new Set<string>();
  const waiting = new Set<Waiting>();
  let ended = false;
  return {
    add: (event, own) => {
      seen.add(`${event.direction} ${event.localPort}`);
      if (own || events.length >= maxEvents) return;
      events.push(event);
      for (const one of waiting) if (one.localPort === event.localPort && one.test(event)) one.resolve(event);
    },
    events: () => [...events],
    seen: (localPort) => ({ out: seen.has(`out ${localPort}`), in: seen.has(`in ${localPort}`) }),
    wait: (localPort, test, ms) =>
      new Promise((resolve) => {
        const there = events.find((event) => event.localPort === localPort && test(event));
        if (there || ended) return resolve(there ?? null);
        const one: Waiting = {
          localPort,
          test,
          resolve: (event) => {
            clearTimeout(timer);
            waiting.delete(one);
            resolve(event);
          },
        };
        const timer = setTimeout(() => one.resolve(null), ms);
        waiting.add(one);
      }),
    end: () => {
      ended = true;
      for (const one of waiting) one.resolve(null);
    },
  };
}

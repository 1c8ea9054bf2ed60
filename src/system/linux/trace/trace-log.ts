import type { Seen, TraceEvent } from '../../../model/system.js';
import type { Placed } from './flows.js';
import type { TracedPacket } from './trace-message.js';
import { leaving, sending } from './trace-rules.js';

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
  /** Our own table saw a packet with these addresses in that chain of it. */
  met(placed: Placed, packet: TracedPacket, chain: string): void;
  seen(localPort: number): Seen;
  wait(localPort: number, test: (event: TraceEvent) => boolean, ms: number): Promise<TraceEvent | null>;
  /** Nothing more will come: whoever waits is told. */
  end(): void;
}

export function traceLog(): TraceLog {
  const events: TraceEvent[] = [];
  const seen = new Set<string>();
  const ends = new Map<number, Set<string>>();
  const answeredHere = new Set<number>();
  const leftAs = new Map<number, string>();
  const lastSaid = new Map<string, number>();
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
    met: ({ localPort, direction, said }, { source, destination }, chain) => {
      if (said !== undefined) lastSaid.set(`${direction} ${localPort}`, said);
      if (direction === 'in' && chain === sending) answeredHere.add(localPort);
      const last = chain === leaving;
      if (last && direction === 'out') leftAs.set(localPort, source);
      if (last) return;
      const known = ends.get(localPort) ?? new Set();
      ends.set(localPort, known.add(direction === 'out' ? source : destination));
    },
    seen: (localPort) => {
      const [met, left] = [ends.get(localPort), leftAs.get(localPort)];
      return {
        out: seen.has(`out ${localPort}`),
        in: seen.has(`in ${localPort}`),
        ...(answeredHere.has(localPort) && { answeredHere: true as const }),
        ...(met && { ends: [...met] }),
        ...(left !== undefined && { leftAs: left }),
        lastSaid: { out: lastSaid.get(`out ${localPort}`) ?? null, in: lastSaid.get(`in ${localPort}`) ?? null },
      };
    },
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

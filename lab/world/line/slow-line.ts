// A slow line: a router that holds what it forwards for a while.
import type { Step } from '../steps.js';
import type { Machine } from '../topology.js';
import type { Pace } from './due.js';

/** The word by which the lab's own programs become the one that holds packets. */
export const HOLD = '--hold';

interface Line extends Pace {
  /** Only packets that these words of iptables match: `-p tcp --sport 443 -m connmark --mark 1`. */
  readonly only?: string;
  /** Told apart from other lines of the same router. */
  readonly queue?: number;
  /** Of one family alone. */
  readonly family?: 4 | 6;
}

/** What `on` forwards, both ways. Each step of its own is a line of its own. */
export function slowLine(on: Machine, { only, queue = 7, family, ...pace }: Line): Step[] {
  const hand = `-t mangle -A FORWARD ${only ?? ''} -j NFQUEUE --queue-num ${queue} --queue-bypass`;
  const families = family === undefined ? ([4, 6] as const) : ([family] as const);
  return [
    {
      do: 'daemon',
      on,
      line: ['{node}', '{lab}', HOLD, String(queue), JSON.stringify(pace)],
      ready: { says: 'ready' },
    },
    ...families.map((one) => ({ do: 'iptables' as const, on, family: one, commands: [hand] })),
  ];
}

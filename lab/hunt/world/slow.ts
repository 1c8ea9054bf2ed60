// A slow line: a router that holds what it forwards for a while.
import type { Machine } from '../../world/topology.js';
import type { Step } from '../../world/steps.js';

const QUEUE = 7;

export function slow(on: Machine, ms: number): Step[] {
  const hand = [`-t mangle -A FORWARD -j NFQUEUE --queue-num ${QUEUE} --queue-bypass`];
  return [
    {
      do: 'daemon',
      on,
      // The program that runs now, under another word.
      line: [process.execPath, process.argv[1] ?? '', '--delay', String(QUEUE), String(ms)],
      ready: { says: 'ready' },
    },
    { do: 'iptables', on, family: 4, commands: hand },
    { do: 'iptables', on, family: 6, commands: hand },
  ];
}

// A case out of a seed and a number: the same on every machine.
import { Random } from '../firewall/random.js';
import type { Identity } from '../run/options.js';
import { breakIt } from './faults/all.js';
import { newDraft, type Draft } from './world/draft.js';
import { drawNetwork } from './world/network.js';

export interface Case {
  readonly seed: number;
  readonly number: number;
  readonly draft: Draft;
  /** The command runs in a world that nobody has used yet, or after the hunt's client. */
  readonly commandFirst: boolean;
}

/** Neighbouring numbers must not give neighbouring worlds: the state is stirred (a step of murmur3). */
function stateOf(seed: number, number: number): number {
  let state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(number + 1, 0xc2b2ae35)) >>> 0;
  state = Math.imul(state ^ (state >>> 16), 0x7feb352d) >>> 0;
  return (state ^ (state >>> 15)) >>> 0;
}

export function drawCase(seed: number, number: number, as: Identity | null): Case {
  const random = new Random(stateOf(seed, number));
  const commandFirst = random.chance(0.5);
  const identity: Identity = random.chance(0.5) ? 'root' : 'user';
  const network = drawNetwork(random);
  const draft = newDraft(network, random, as ?? identity);
  breakIt(draft);
  return { seed, number, draft, commandFirst };
}

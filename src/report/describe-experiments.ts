import { hostPort } from '../model/address.js';
import type { InterferenceTrial, LargeHelloFact } from '../model/interference.js';

export function time(ms: number): string {
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

/** One connection of an experiment. */
export function experimentLine(one: InterferenceTrial): string {
  return `${one.place} ${hostPort(one.address, one.port)}, ${one.asked}${one.name === null ? '' : ` (${one.name})`}${one.hopLimit === undefined ? '' : `, hop limit ${one.hopLimit}`}${one.ignoringResets ? ', resets thrown away' : ''}: ${one.reaction}${one.unsent ? ', never sent' : ''}${one.turnedBack ? ', turned back on the way' : ''}${one.expiredFrom === undefined ? '' : `, turned back by ${one.expiredFrom}`}, ${time(one.ms)}`;
}

export function largeHelloLines({ trials, inPieces, sizes }: LargeHelloFact): string[] {
  return [
    `same: ${sizes.same} bytes, other: ${sizes.other} bytes`,
    ...trials.map(experimentLine),
    ...inPieces.map((one) => `in small packets: ${experimentLine(one)}`),
  ];
}

import type { HttpTry } from './facts.js';

/** Bytes that come without any answer: right after a handshake a server hands out tickets (RFC 8446 4.6.1), two of some 250. */
export const unaskedBytes = 1_000;

/** Something of the answer came, far too slowly. */
export function trickled({ failure, receivedBytes = 0 }: HttpTry): boolean {
  return failure?.code === 'timed-out' && receivedBytes > unaskedBytes;
}

/** How fast something comes on one connection: a handshake in a name and the same request behind it, whatever it leads to. */
export interface PaceTry {
  readonly asked: 'same' | 'other';
  readonly name: string;
  /** Bytes that came in on the connection, encrypted as they are. */
  readonly bytes: number;
  /** Since it was opened. */
  readonly ms: number;
  /** Nothing more was to come. */
  readonly whole: boolean;
}

/** The same and another name at the same address, side by side, again and again. */
export interface Pace {
  readonly address: string;
  readonly port: number;
  readonly rounds: readonly { readonly same: PaceTry; readonly other: PaceTry }[];
}

/** More than a handshake and an error page: what comes then is the page that was asked for. */
const leastBytes = 8_000;
const times = 3;

/** In less time several times as much came for the other name. */
export function isSlowed({ same, other }: Pace['rounds'][number]): boolean {
  return !same.whole && other.bytes >= leastBytes && other.bytes >= times * same.bytes && other.ms <= same.ms;
}

// When a packet leaves a slow line: pure.

/** What a line does to what passes it, in one direction or in both. */
export interface Pace {
  /** For each packet. */
  readonly delayMs: number;
  /** So much more at most, by chance: packets overtake each other then. */
  readonly jitterMs?: number;
  /** Bandwidth, in bytes a second, of all directions that the same line is told of. */
  readonly bytesPerSecond?: number;
  /** How much may wait for its turn, in milliseconds of that bandwidth: what comes then is dropped. */
  readonly queueMs?: number;
}

const usualQueueMs = 1_000;

export class Due {
  readonly #pace: Pace;
  readonly #chance: () => number;
  #freeAt = 0;

  constructor(pace: Pace, chance: () => number = Math.random) {
    this.#pace = pace;
    this.#chance = chance;
  }

  /** When a packet of so many bytes that came at `now` goes on, in the same milliseconds; null where it is dropped. */
  of(length: number, now: number): number | null {
    const { delayMs, jitterMs = 0, bytesPerSecond, queueMs = usualQueueMs } = this.#pace;
    const begins = Math.max(now, this.#freeAt);
    if (bytesPerSecond !== undefined) {
      if (begins - now > queueMs) return null;
      this.#freeAt = begins + (length * 1_000) / bytesPerSecond;
    }
    const sent = bytesPerSecond === undefined ? now : this.#freeAt;
    return sent + delayMs + this.#chance() * jitterMs;
  }
}

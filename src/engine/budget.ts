/** Most packets that one diagnosis sends to one address. */
export const mostPerAddress = 150;

/**
 * Held back of it: on a busy machine this program gets its turn late, and the kernel sends a copy more by then than what
 * was set aside (one of 151 in 500 worlds, at a load of 18 on two processors).
 */
export const forLateTurns = 4;

/** What an open connection may send until it is looked at again: a copy of what is not acknowledged, an acknowledgement. */
const ahead = 2;
/** What is added when more than that is needed. */
const step = 4;

/** What one thing may send: set aside when it is begun, told exactly once it is over. */
export interface Allotment {
  /** It is over, and has sent so many. */
  settle(packets: number): void;
  /**
   * It stays open: `sent` tells how many it has sent so far, those that end it included. `end` ends it at once, when the
   * bound leaves nothing more for it.
   */
  follow(sent: () => number, end: () => void): void;
}

interface Live {
  allotted: number;
  sent: () => number;
  end: (() => void) | null;
}

/**
 * The packets of one diagnosis to one address. What is begun gets an allotment, and is refused where the bound does not hold
 * that any more; what stays open and sends on gets more as long as there is, and is ended then. So it is never exceeded,
 * as long as `look` is called before anything open has sent more than `ahead`.
 */
export class Budget {
  readonly #live = new Set<Live>();
  #done = 0;
  #kept = 0;
  #wake: (() => void)[] = [];

  /** Sent so far, as far as it is told; of what is on its way what was set aside. */
  get sent(): number {
    return [...this.#live].reduce((sum, { allotted, sent, end }) => sum + (end ? sent() : allotted), this.#done);
  }

  /** Whether anything is open that may send on. */
  get hasOpen(): boolean {
    return [...this.#live].some(({ end }) => end !== null);
  }

  /** So many are left by all that is begun from now on, for one that takes what is kept. */
  keep(packets: number): void {
    this.#kept = Math.max(this.#kept, packets);
  }

  /** Null where that many, and those that have to stay left (`leftForOpen`: while anything is open), are no longer to be had. */
  begin(packets: number, left = 0, leftForOpen = 0, takesKept = false): Allotment | null {
    this.look();
    const kept = takesKept ? this.#kept : 0;
    const stay = Math.max(left, this.hasOpen ? leftForOpen : 0);
    const isKept = kept >= packets && this.#free >= 0;
    if (!isKept && packets + stay > this.#free + kept) return null;
    if (takesKept) this.#kept = 0;
    const live: Live = { allotted: isKept ? kept : packets, sent: () => 0, end: null };
    this.#live.add(live);
    return {
      settle: (sent) => {
        if (this.#live.delete(live)) this.#done += sent;
        const waiting = this.#wake;
        this.#wake = [];
        for (const wake of waiting) wake();
      },
      follow: (sent, end) => {
        live.sent = sent;
        live.end = end;
        this.look();
      },
    };
  }

  /** Whether anything holds an allotment of which some may be left over. */
  get isHeld(): boolean {
    return this.#live.size > 0;
  }

  /** Resolves when the next of them is over. */
  released(): Promise<void> {
    return new Promise((resolve) => this.#wake.push(resolve));
  }

  look(): void {
    for (const one of this.#live) {
      if (!one.end) continue;
      const sent = one.sent();
      if (sent + ahead <= one.allotted) continue;
      one.allotted += Math.max(0, Math.min(sent + ahead + step - one.allotted, this.#free));
      if (sent + ahead > one.allotted) one.end();
    }
  }

  get #free(): number {
    const spent = [...this.#live].reduce((sum, { allotted, sent }) => sum + Math.max(allotted, sent()), this.#done);
    return mostPerAddress - forLateTurns - spent - this.#kept;
  }
}

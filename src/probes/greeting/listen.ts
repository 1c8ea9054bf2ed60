import type { Duplex } from 'node:stream';
import { isOverBudget } from '../../model/over-budget.js';
import type { System } from '../../model/system.js';

/** How a wait for the other side's words ended. */
export type Heard = 'enough' | 'silent' | 'closed' | 'reset';

const mostBytes = 8 * 1024;

/** Collects what the other side of a connection says. One for each connection; it never throws for what comes. */
export class Listener {
  #bytes: Buffer = Buffer.alloc(0);
  #end: 'closed' | 'reset' | 'silent' | null = null;
  #wake: () => void = () => {};

  readonly #stream: Duplex;
  readonly #onData = (chunk: Buffer): void => {
    if (this.#bytes.length < mostBytes) this.#bytes = Buffer.concat([this.#bytes, chunk.subarray(0, mostBytes)]);
    this.#wake();
  };

  constructor(stream: Duplex) {
    this.#stream = stream;
    stream.on('data', this.#onData);
    stream.on('end', () => this.#ended('closed'));
    stream.on('error', (error: NodeJS.ErrnoException) => this.#ended(howOf(error)));
    stream.on('close', () => this.#ended('closed'));
    // It may have broken while nobody listened.
    if (stream.destroyed) this.#ended(stream.errored ? howOf(stream.errored) : 'closed');
    stream.resume();
  }

  /** Leaves the connection to another reader, which gets what comes from now on. */
  release(): void {
    this.#stream.off('data', this.#onData);
    this.#stream.pause();
  }

  #ended(how: 'closed' | 'reset' | 'silent'): void {
    this.#end ??= how;
    this.#wake();
  }

  /** What came since the last `forget`. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  forget(): void {
    this.#bytes = Buffer.alloc(0);
  }

  /** Waits until the test holds for what came, the other side ends it, or the time is over. */
  async until(test: (bytes: Uint8Array) => boolean, ms: number, system: System, signal: AbortSignal): Promise<Heard> {
    const over = new AbortController();
    const late = system.clock.sleep(ms, AbortSignal.any([over.signal, signal])).then(() => 'silent' as const);
    try {
      for (;;) {
        if (this.#bytes.length > 0 && test(this.#bytes)) return 'enough';
        if (this.#bytes.length >= mostBytes) return 'enough';
        if (this.#end) return this.#end;
        const woken = new Promise<'woken'>((resolve) => (this.#wake = () => resolve('woken')));
        if ((await Promise.race([woken, late])) === 'silent') return 'silent';
      }
    } finally {
      over.abort();
    }
  }
}

const resets = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED']);

function howOf(error: NodeJS.ErrnoException): 'closed' | 'reset' | 'silent' {
  // Ended by the bound on packets: what came by then is all that is known.
  if (isOverBudget(error)) return 'silent';
  return resets.has(error.code ?? '') ? 'reset' : 'closed';
}

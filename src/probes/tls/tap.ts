import { Duplex } from 'node:stream';

const mostRecorded = 64 * 1024;

/**
 * A connection that remembers the first bytes that came from the other side, and how it ended. TLS libraries say
 * "wrong version number" for a mail server's greeting; who wants to know what was said must have listened.
 */
export class Tap extends Duplex {
  readonly #inner: Duplex;
  #recorded: Uint8Array[] = [];
  #size = 0;
  #recording = true;
  #ended = false;
  #error: NodeJS.ErrnoException | null = null;

  constructor(inner: Duplex) {
    super({ allowHalfOpen: true });
    this.#inner = inner;
    inner.on('data', (chunk: Buffer) => {
      if (this.#recording && this.#size < mostRecorded) {
        this.#recorded.push(chunk.subarray(0, mostRecorded - this.#size));
        this.#size += chunk.length;
      }
      if (!this.push(chunk)) inner.pause();
    });
    inner.on('end', () => {
      this.#ended = true;
      this.push(null);
    });
    inner.on('error', (error: NodeJS.ErrnoException) => {
      this.#error ??= error;
      this.destroy(error);
    });
    inner.on('close', () => {
      if (!this.destroyed) this.destroy();
    });
    // An error after the interest has gone must not end the process.
    this.on('error', () => {});
  }

  /** Everything that was received while recording, up to 64 KiB. */
  recorded(): Uint8Array {
    return Buffer.concat(this.#recorded);
  }

  /** Lets go of what was recorded. */
  stop(): void {
    this.#recording = false;
    this.#recorded = [];
  }

  /** The other side ended its half. */
  get peerEnded(): boolean {
    return this.#ended;
  }

  get innerError(): NodeJS.ErrnoException | null {
    return this.#error;
  }

  override _read(): void {
    this.#inner.resume();
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    // Errors arrive by the event above.
    this.#inner.write(chunk, encoding, () => done());
  }

  override _final(done: () => void): void {
    this.#inner.end(() => done());
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#inner.destroy();
    done(error);
  }
}

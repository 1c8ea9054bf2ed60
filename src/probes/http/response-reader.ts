/** Reads an HTTP/1 answer (RFC 9112) as it arrives, with a bound on everything. */

export interface Response {
  readonly status: number;
  readonly reason: string;
  /** Names in lower case; several of a name joined by a comma, as RFC 9110 5.2 has it. */
  readonly headers: ReadonlyMap<string, string>;
}

export type Progress =
  /** More is to come. */
  | 'head'
  | 'body'
  /** Whole, or as much as anybody wants to see. */
  | 'done'
  | 'not-http'
  /** Headers or interim answers without end. */
  | 'endless';

const mostHeadBytes = 64 * 1024;
const mostHeaders = 100;
const mostInterim = 8;
const mostBodyBytes = 64 * 1024;
const usuallyKept = 2048;
const mostChunkLine = 256;

export class ResponseReader {
  readonly #keptBytes: number;
  #pending: Buffer = Buffer.alloc(0);
  #state: Progress = 'head';
  #response: Response | null = null;
  #interim = 0;
  #headBytes = 0;
  /** How much of what is pending has been searched for the end of the head. */
  #searched = 0;
  /** Bytes of the body that are still to come; null when only the end of the connection tells. */
  #left: number | null = null;
  #chunks: 'none' | 'size' | 'data' | 'trailer' = 'none';
  #bodyBytes = 0;
  #kept: Buffer[] = [];

  /** `keptBytes`: how much of the body is wanted, for the few who read more than its beginning. */
  constructor(keptBytes: number = usuallyKept) {
    this.#keptBytes = keptBytes;
  }

  get response(): Response | null {
    return this.#response;
  }

  get bodyBytes(): number {
    return this.#bodyBytes;
  }

  /** The first bytes of the body, 2 KiB of them when nothing else was asked for. */
  get bodyHead(): Buffer {
    return Buffer.concat(this.#kept);
  }

  /** Whether the body's length was announced, so that its end can be missing. */
  get bounded(): boolean {
    return this.#left !== null || this.#chunks !== 'none';
  }

  /**
   * Whether something of the announced body is still to come. A last chunk without the empty line behind it leaves out
   * nothing of the page.
   */
  get lacksRest(): boolean {
    return this.#state === 'body' && this.bounded && this.#chunks !== 'trailer';
  }

  /** How long the body was announced to be; null where it was not, or comes in chunks. */
  get announced(): number | null {
    return this.#chunks === 'none' && this.#left !== null ? this.#bodyBytes + this.#left : null;
  }

  get state(): Progress {
    return this.#state;
  }

  /** The first bytes of what is no HTTP. */
  get strange(): Buffer {
    return this.#pending.subarray(0, 256);
  }

  feed(chunk: Uint8Array): Progress {
    if (this.#state !== 'head' && this.#state !== 'body') return this.#state;
    this.#pending = this.#pending.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#pending, chunk]);
    while (this.#step());
    return this.#state;
  }

  /** One step; false when it needs more bytes, or is at its end. */
  #step(): boolean {
    if (this.#state === 'head') return this.#readHead();
    if (this.#state !== 'body') return false;
    return this.#chunks === 'none' ? this.#readBody() : this.#readChunk();
  }

  #readHead(): boolean {
    const begins = this.#pending.subarray(0, 5).toString('latin1');
    if (!'HTTP/'.startsWith(begins) && begins !== 'HTTP/') return this.#end('not-http');
    const end = blankLine(this.#pending, Math.max(0, this.#searched - 3));
    this.#searched = this.#pending.length;
    const used = this.#headBytes + (end ?? this.#pending.length);
    if (used > mostHeadBytes) return this.#end('endless');
    if (end === null) return false;
    const lines = this.#pending.subarray(0, end).toString('latin1').split(/\r?\n/).slice(0, -2);
    const [, status, reason = ''] = /^HTTP\/\d(?:\.\d)? (\d{3})(?: (.*))?$/.exec(lines[0] ?? '') ?? [];
    if (status === undefined) return this.#end('not-http');
    if (lines.length - 1 > mostHeaders) return this.#end('endless');
    this.#pending = this.#pending.subarray(end);
    this.#headBytes = used;
    this.#searched = 0;
    const code = Number(status);
    // Interim answers (RFC 9110 15.2) are not what was asked for; 101 ends HTTP on this connection.
    if (code < 200 && code !== 101) return ++this.#interim > mostInterim ? this.#end('endless') : true;
    this.#response = { status: code, reason: reason.slice(0, 200), headers: headersOf(lines.slice(1)) };
    this.#beginBody(code, this.#response.headers);
    return true;
  }

  /** RFC 9112 6.3, for an answer to GET. */
  #beginBody(status: number, headers: ReadonlyMap<string, string>): void {
    this.#state = 'body';
    const length = headers.get('content-length');
    if (status === 101 || status === 204 || status === 304) this.#left = 0;
    else if (/(^|,)\s*chunked\s*$/i.test(headers.get('transfer-encoding') ?? '')) this.#chunks = 'size';
    else if (length !== undefined && /^\d{1,15}$/.test(length)) this.#left = Number(length);
    if (this.#left === 0) this.#state = 'done';
  }

  #readBody(): boolean {
    this.#keep(this.#left ?? Number.POSITIVE_INFINITY);
    if (this.#left === 0) return this.#end('done');
    return false;
  }

  #readChunk(): boolean {
    if (this.#chunks === 'data') {
      this.#keep(this.#left ?? 0);
      if (this.#left !== 0) return false;
      this.#chunks = 'size';
    }
    const end = this.#pending.indexOf('\n');
    if (end < 0) return this.#pending.length > mostChunkLine ? this.#end('done') : false;
    const line = this.#pending.subarray(0, end).toString('latin1').trim();
    this.#pending = this.#pending.subarray(end + 1);
    if (this.#chunks === 'trailer') return line === '' ? this.#end('done') : true;
    if (line === '') return true; // the line end behind a chunk's data
    const size = Number.parseInt(/^([0-9a-f]{1,8})\s*(?:;|$)/i.exec(line)?.[1] ?? '', 16);
    // Broken chunks: the status line has been read, and that is what counts.
    if (Number.isNaN(size)) return this.#end('done');
    this.#left = size;
    this.#chunks = size === 0 ? 'trailer' : 'data';
    return true;
  }

  /** Takes at most so many of the pending bytes as body. */
  #keep(most: number): void {
    const part = this.#pending.subarray(0, Math.min(most, this.#pending.length));
    this.#pending = this.#pending.subarray(part.length);
    const room = this.#keptBytes - this.#kept.reduce((sum, kept) => sum + kept.length, 0);
    if (room > 0 && part.length > 0) this.#kept.push(Buffer.from(part.subarray(0, room)));
    this.#bodyBytes += part.length;
    if (this.#left !== null) this.#left -= part.length;
    if (this.#bodyBytes >= Math.max(mostBodyBytes, this.#keptBytes)) this.#state = 'done';
  }

  #end(state: Progress): false {
    this.#state = state;
    return false;
  }
}

/** Where the body begins, or null. Bare line feeds are let pass (RFC 9112 2.2). */
function blankLine(bytes: Buffer, from: number): number | null {
  const ends = [bytes.indexOf('\n\r\n', from), bytes.indexOf('\n\n', from)];
  const [first = -1, second = -1] = ends;
  if (first < 0 && second < 0) return null;
  return second < 0 || (first >= 0 && first < second) ? first + 3 : second + 2;
}

function headersOf(lines: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name, value = ''] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    if (name === undefined) continue;
    const key = name.toLowerCase();
    const before = headers.get(key);
    // A second Location would be joined to nonsense: the first one counts, as in browsers.
    if (before === undefined) headers.set(key, value);
    else if (key !== 'location' && key !== 'content-length') headers.set(key, `${before}, ${value}`);
  }
  return headers;
}

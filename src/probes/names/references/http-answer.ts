/** Just enough of HTTP/1.1 (RFC 9112) to read the answer of a portal check: a few hundred bytes. */

export interface HttpAnswer {
  readonly status: number;
  readonly location: string | null;
  readonly body: string;
}

/** Null while the answer is not whole; `ended` says that no more will come. */
export function parseHttpAnswer(bytes: Buffer, ended: boolean): HttpAnswer | 'not-http' | null {
  const text = bytes.toString('latin1');
  if (text.length >= 5 && !text.startsWith('HTTP/')) return 'not-http';
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return ended ? 'not-http' : null;
  const [statusLine = '', ...lines] = text.slice(0, headEnd).split('\r\n');
  const status = Number(/^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(statusLine)?.[1] ?? Number.NaN);
  if (Number.isNaN(status)) return 'not-http';
  const header = (name: string): string | null => {
    const line = lines.find((each) => each.toLowerCase().startsWith(`${name}:`));
    return line === undefined ? null : line.slice(name.length + 1).trim();
  };
  const rest = text.slice(headEnd + 4);
  const length = header('content-length');
  const chunked = /(?:^|,)\s*chunked\s*$/i.test(header('transfer-encoding') ?? '');
  const empty = status === 204 || status === 304;
  const whole = empty
    ? ''
    : chunked
      ? dechunk(rest)
      : length !== null && rest.length >= Number(length)
        ? rest.slice(0, Number(length))
        : null;
  if (whole === null && !ended) return null;
  return { status, location: header('location'), body: whole ?? rest };
}

/** Null when the last chunk is not there yet. */
function dechunk(text: string): string | null {
  let body = '';
  for (let at = 0; at < text.length;) {
    const [line, size] = /^([0-9a-f]{1,8})[^\r\n]*\r\n/i.exec(text.slice(at, at + 1_000)) ?? [];
    if (line === undefined || size === undefined) return null;
    const length = Number.parseInt(size, 16);
    if (length === 0) return body;
    const start = at + line.length;
    body += text.slice(start, start + length);
    at = start + length + 2;
  }
  return null;
}

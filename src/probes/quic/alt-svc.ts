/** Most of a header that is looked at. */
const longest = 2_000;

/**
 * The port at which an Alt-Svc header says that the same host speaks HTTP/3 (RFC 7838; RFC 9114, 3.1.1), or null: another
 * host is another matter.
 */
export function http3Port(header: string | undefined): number | null {
  const found = /(?:^|,)\s*h3\s*=\s*"\s*:(\d{1,5})"/.exec((header ?? '').slice(0, longest));
  const port = Number(found?.[1] ?? 0);
  return port > 0 && port < 65_536 ? port : null;
}

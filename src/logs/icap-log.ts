/** The server log of c-icap: what its service virus_scan found, and that it could not scan. */
export interface IcapRecord {
  readonly line: number;
  /** Milliseconds since 1970; the log's own times have no zone, and are this device's. */
  readonly at: number;
  readonly found: { readonly signature: string; readonly url: string } | null;
  /** Why it could not scan. */
  readonly trouble: string | null;
}

const mostLines = 5_000;
const longest = 2_000;

/** `Fri Nov 27 19:43:03 2026, 23727/991028928, VIRUS DETECTED: NAME , http client ip: -, http user: -, http url: URL` */
export function parseIcapLog(text: string): IcapRecord[] {
  return text.split('\n', mostLines).flatMap((whole, index) => {
    // A record's end is a line feed and a space, so that the next begins with one.
    const line = whole.trimStart().slice(0, longest);
    const [, time = '', said = ''] = /^(\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}), [^,]{1,60}, (.*)$/.exec(line) ?? [];
    const at = Date.parse(time);
    if (Number.isNaN(at)) return [];
    const [, signature, url] = /^VIRUS DETECTED: (.{1,200}?) ?, http client ip:.*, http url: (\S+)/.exec(said) ?? [];
    const found = signature !== undefined && url !== undefined ? { signature: signature.trim(), url } : null;
    const trouble = /^(?:clamd_connect|Failed to scan|clamd_scan: Unable)/.test(said) ? said.trim() : null;
    return found || trouble !== null ? [{ line: index + 1, at, found, trouble }] : [];
  });
}

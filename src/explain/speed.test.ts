import { describe, expect, it } from 'vitest';
import { explain } from './explain.js';

const size = 1_000_000;
const fewer = 8;
/** As many times as long for so many times the text, at most: what grows with the square would take 64 times as long. */
const limit = 3 * fewer;
const filled = (part: string): string => part.repeat(Math.ceil(size / part.length)).slice(0, size);

/** Each repeats the beginning of something that the tables or the readers look for, and never gets to its end. */
const hostile: Readonly<Record<string, string>> = {
  letters: filled('a'),
  'line breaks': filled('a\n'),
  'the same message': filled('Connection refused\n'),
  'half a message': filled('Failed to connect to '),
  'a gap after a gap': filled("ProxyError('Cannot connect to proxy.', NewConnectionError("),
  'many patterns with one word': filled('dial tcp: lookup a on '),
  'many patterns with one beginning': filled("Can't connect to MySQL server on 'a' ("),
  'status lines': filled('HTTP/1.1 502 '),
  'at signs': filled(`ssh: connect to host ${'a@'.repeat(150)} `),
  'URLs without an end': filled('https://u:p@'),
  escapes: filled('\u001b]'),
  accents: filled('e\u0301'),
  causes: filled('Caused by: java.net.ConnectException: Connection refused\n'),
  colons: filled('::1:'),
  'source files': filled('at java.net.Socket.connect(Socket.java:591)\n'),
  endpoints: filled('x.y refused to connect '),
};

/** CPU time of the fastest of a few runs, in milliseconds: other work on the machine does not count. */
function cost(text: string): number {
  let best = Infinity;
  for (let run = 0; run < 3; run++) {
    const before = process.cpuUsage();
    explain(text);
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1_000);
  }
  return best;
}

describe('a text takes as long as it is long', () => {
  explain('warm up');
  it.each(Object.keys(hostile))('%s', (name) => {
    const text = hostile[name] ?? '';
    const short = cost(text.slice(0, size / fewer));
    // Below a millisecond it is the clock that is measured.
    expect(cost(text)).toBeLessThan(limit * Math.max(1, short));
  });
});

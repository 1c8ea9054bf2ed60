/** A chain as it is written in a file for `nft -f`, with the numbers of its lines from 1. */
export interface WrittenChain {
  /** The line of its `type … hook …`. */
  readonly typeLine: number;
  readonly lines: readonly { readonly number: number; readonly text: string }[];
}

const mostLines = 50_000;

/**
 * Finds a base chain in the block notation of nft files, one statement a line, as every distribution's file is written.
 * Null where it is not there, or written in another way: then nothing is known of the file.
 */
export function chainInFile(text: string, family: string, table: string, chain: string): WrittenChain | null {
  const found: WrittenChain[] = [];
  const open: string[] = [];
  let lines: { number: number; text: string }[] = [];
  for (const [index, raw] of text.split('\n', mostLines).entries()) {
    const line = withoutComment(raw).trim();
    if (line === '') continue;
    const head = /^(?:add )?(table|chain)\s+(?:(ip6?|inet|arp|bridge|netdev)\s+)?([\w.-]+)\s*\{$/.exec(line);
    if (head) open.push(head[1] === 'table' ? `table ${head[2] ?? 'ip'} ${head[3] ?? ''}` : `chain ${head[3] ?? ''}`);
    else if (depthOf(line) > 0) open.push('other');
    else if (line === '}' || depthOf(line) < 0) {
      const isWanted = open[0] === `table ${family} ${table}` && open.at(-1) === `chain ${chain}` && open.length === 2;
      if (isWanted) found.push({ typeLine: lines.find((one) => /^type\s/.test(one.text))?.number ?? 0, lines });
      open.pop();
    } else if (open.length === 2) lines.push({ number: index + 1, text: line });
    if (head) lines = [];
  }
  const [only, ...others] = found;
  return only !== undefined && others.length === 0 && only.typeLine > 0 ? only : null;
}

/** The line that holds a rule of that text, however it is spaced; null when none does, or several. */
export function lineOfRule({ lines }: WrittenChain, rule: string): number | null {
  const wanted = spelled(rule);
  const same = lines.filter((line) => spelled(line.text) === wanted);
  return same.length === 1 ? (same[0]?.number ?? null) : null;
}

/** Counters and quotes are written in more ways than one. */
function spelled(text: string): string {
  return text
    .replace(/\bcounter packets \d+ bytes \d+/g, 'counter')
    .replace(/"/g, '')
    .replace(/\s+/g, ' ')
    .replace(/;$/, '')
    .trim();
}

function withoutComment(line: string): string {
  return line.replace(/^((?:[^"#]|"[^"]*")*)#.*$/, '$1');
}

function depthOf(line: string): number {
  const bare = line.replace(/"[^"]*"/g, '');
  return (bare.match(/\{/g)?.length ?? 0) - (bare.match(/\}/g)?.length ?? 0);
}

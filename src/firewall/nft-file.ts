/** A chain as it is written in a file for `nft -f`, with the numbers of its lines from 1. */
export interface WrittenChain {
  /** The line of its `type … hook …`; 0 for one that is no base chain. */
  readonly typeLine: number;
  readonly lines: readonly { readonly number: number; readonly text: string }[];
}

const mostLines = 50_000;

/**
 * Finds a base chain in the block notation of nft files, one statement a line, as every distribution's file is written.
 * Null where it is not there, or written in another way: then nothing is known of the file.
 */
export function chainInFile(text: string, family: string, table: string, chain: string): WrittenChain | null {
  const found = nftFile(text).tables.get(`${family} ${table}`)?.get(chain) ?? [];
  const [only, ...others] = found;
  return only !== undefined && others.length === 0 && only.typeLine > 0 ? only : null;
}

/** What a file for `nft -f` holds, as far as it is written in blocks. */
export interface NftFile {
  /** By family and name (`inet filter`); of a chain that is written in several places, each. */
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, readonly WrittenChain[]>>;
  /** Nothing stands beside the tables that could make rules: no other file, no single order. */
  readonly isWhole: boolean;
}

/** Orders that make no rules. */
const harmless = /^(?:flush ruleset|define\s.*|(?:add |delete |destroy |flush )table\s+(?:(?:ip6?|inet|arp|bridge|netdev)\s+)?[\w.-]+);?$/; // prettier-ignore

export function nftFile(text: string): NftFile {
  const tables = new Map<string, Map<string, WrittenChain[]>>();
  const open: string[] = [];
  let lines: { number: number; text: string }[] = [];
  let isWhole = true;
  const chainsOf = (table: string): Map<string, WrittenChain[]> => {
    const chains = tables.get(table) ?? new Map<string, WrittenChain[]>();
    tables.set(table, chains);
    return chains;
  };
  for (const [index, raw] of text.split('\n', mostLines).entries()) {
    const line = withoutComment(raw).trim();
    if (line === '') continue;
    const head = /^(?:add )?(table|chain)\s+(?:(ip6?|inet|arp|bridge|netdev)\s+)?([\w.-]+)\s*\{$/.exec(line);
    if (head) {
      open.push(head[1] === 'table' ? `${head[2] ?? 'ip'} ${head[3] ?? ''}` : `chain ${head[3] ?? ''}`);
      if (head[1] === 'table' && open.length === 1) chainsOf(open[0] ?? '');
      if (head[1] === 'chain' && open.length === 1) isWhole = false;
      lines = [];
    } else if (depthOf(line) > 0) {
      if (open.length === 0 && !line.startsWith('define ')) isWhole = false;
      open.push('other');
    } else if (line === '}' || depthOf(line) < 0) {
      const chain = open.length === 2 ? /^chain (.+)$/.exec(open[1] ?? '')?.[1] : undefined;
      if (chain !== undefined) {
        const chains = chainsOf(open[0] ?? '');
        const typeLine = lines.find((one) => /^type\s/.test(one.text))?.number ?? 0;
        chains.set(chain, [...(chains.get(chain) ?? []), { typeLine, lines }]);
      }
      open.pop();
    } else if (open.length === 2) lines.push({ number: index + 1, text: line });
    else if (open.length === 0 && !harmless.test(line)) isWhole = false;
  }
  return { tables, isWhole: isWhole && open.length === 0 };
}

/** The line that holds a rule of that text, however it is spaced; null when none does, or several. */
export function lineOfRule({ lines }: WrittenChain, rule: string): number | null {
  const wanted = spelled(rule);
  const same = lines.filter((line) => spelled(line.text) === wanted);
  return same.length === 1 ? (same[0]?.number ?? null) : null;
}

/** Its rules alone, in their order: what is said of the chain itself aside. */
export function rulesWritten({ lines }: WrittenChain): readonly string[] {
  return lines.flatMap(({ text }) => (/^(?:type|policy|comment)\s/.test(text) ? [] : [spelled(text)]));
}

/** Counters and quotes are written in more ways than one. */
export function spelled(text: string): string {
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

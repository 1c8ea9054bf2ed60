// Finds a rule's handle as the kernel numbers it, from `nft -a list ruleset`.

export interface RulePlace {
  family: string;
  table: string;
  chain: string;
  handle: number;
}

/** The first rule whose printed text holds `piece`; null when there is none. */
export function findRule(listing: string, piece: string): RulePlace | null {
  let family = '';
  let table = '';
  let chain = '';
  for (const line of listing.split('\n')) {
    const tableHead = /^table (\S+) (\S+) \{/.exec(line);
    if (tableHead !== null) {
      family = tableHead[1] ?? '';
      table = tableHead[2] ?? '';
      continue;
    }
    const chainHead = /^\tchain (\S+) \{/.exec(line);
    if (chainHead !== null) {
      chain = chainHead[1] ?? '';
      continue;
    }
    const handle = /# handle (\d+)$/.exec(line)?.[1];
    if (handle !== undefined && line.startsWith('\t\t') && line.includes(piece))
      return { family, table, chain, handle: Number(handle) };
  }
  return null;
}

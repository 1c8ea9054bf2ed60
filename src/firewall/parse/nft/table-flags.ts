import type { Ruleset, Table } from '../../ruleset.js';

const known: ReadonlySet<unknown> = new Set(['dormant', 'owner', 'persist']);
const mostLines = 1_000_000;

/** A single flag is garbled by nft before 1.1: its JSON names whatever lies in that memory (table_flags_json, freed too early). */
export function areGarbled(flags: readonly unknown[]): boolean {
  return flags.some((flag) => !known.has(flag));
}

export function garbledWhere({ family, name }: Pick<Table, 'family' | 'name'>): string {
  return `flags of table ${family} ${name}`;
}

export function tablesWithGarbledFlags({ tables, problems }: Ruleset): readonly Table[] {
  return tables.filter((table) => problems.some(({ where }) => where === garbledWhere(table)));
}

/** As `nft list table` prints them, which does it rightly: a line `flags owner,persist` below `table inet own {`. */
export function withFlags(ruleset: Ruleset, text: string): Ruleset {
  const flags = flagsInText(text);
  const tables = ruleset.tables.map((table) => {
    const own = flags.get(`${table.family} ${table.name}`);
    if (own === undefined) return table;
    const { owned: _, ...rest } = table;
    return { ...rest, dormant: own.includes('dormant'), ...(own.includes('owner') && { owned: true as const }) };
  });
  const told = new Set(
    ruleset.tables.filter(({ family, name }) => flags.has(`${family} ${name}`)).map((table) => garbledWhere(table)),
  );
  return { ...ruleset, tables, problems: ruleset.problems.filter(({ where }) => !told.has(where)) };
}

function flagsInText(text: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  let table = '';
  for (const line of text.split('\n', mostLines)) {
    const opened = /^table (\S+) (\S+) \{/.exec(line);
    if (opened) table = `${opened[1]} ${opened[2]}`;
    const flags = /^\tflags ([\w, ]+)$/.exec(line)?.[1];
    if (flags !== undefined) found.set(table, flags.split(/[, ]+/));
  }
  return found;
}

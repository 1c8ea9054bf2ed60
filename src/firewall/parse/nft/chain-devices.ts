import type { BaseChain, Chain, Ruleset, Table } from '../../ruleset.js';

/** Family, table and chain to the interfaces on which the chain is hooked in. */
export type ChainDevices = ReadonlyMap<string, readonly string[]>;

const mostLines = 1_000_000;

/** Chains on ingress and egress of which the dump does not say of which interface: nft 1.0 leaves it out of its JSON. */
export function tablesWithoutDevices(ruleset: Ruleset): readonly Table[] {
  return ruleset.tables.filter((table) => [...table.chains.values()].some(({ base }) => isWithoutDevice(base)));
}

export function isWithoutDevice(base: BaseChain | undefined): boolean {
  return base !== undefined && (base.hook === 'ingress' || base.hook === 'egress') && base.devices.length === 0;
}

/** What `nft list table` prints, which has them: `type filter hook ingress device "eth0" priority 0; policy accept;`. */
export function devicesInText(text: string): ChainDevices {
  const found = new Map<string, readonly string[]>();
  let table = '';
  let chain = '';
  for (const line of text.split('\n', mostLines)) {
    const opened = /^table (\S+) (\S+) \{/.exec(line);
    if (opened) table = `${opened[1]} ${opened[2]}`;
    chain = /^\tchain (\S+) \{/.exec(line)?.[1] ?? chain;
    const devices = /^\t\ttype \S+ hook (?:ingress|egress) devices?(?: =)? (.*?) priority /.exec(line)?.[1];
    if (devices === undefined) continue;
    const names = [...devices.matchAll(/"([^"]{1,15})"|([^\s{},"]{1,15})/g)].map(
      ([, quoted, plain]) => quoted ?? plain,
    );
    found.set(
      `${table} ${chain}`,
      names.filter((name) => name !== undefined),
    );
  }
  return found;
}

export function withDevices(ruleset: Ruleset, devices: ChainDevices): Ruleset {
  const filled = (table: Table, chain: Chain): Chain => {
    const names = devices.get(`${table.family} ${table.name} ${chain.name}`);
    return chain.base === undefined || names === undefined || !isWithoutDevice(chain.base)
      ? chain
      : { ...chain, base: { ...chain.base, devices: names } };
  };
  const tables = ruleset.tables.map((table) => ({
    ...table,
    chains: new Map([...table.chains].map(([name, chain]) => [name, filled(table, chain)] as const)),
  }));
  return { ...ruleset, tables };
}

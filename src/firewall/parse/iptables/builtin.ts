import type { BaseChain, ChainType, Hook } from '../../ruleset.js';

/** Where the built-in chains of iptables are hooked in (uapi/linux/netfilter_ipv4.h: NF_IP_PRI_*). */
const priorities: Readonly<Record<string, number>> = { raw: -300, mangle: -150, filter: 0, security: 50 };

const hooksOf: Readonly<Record<string, readonly string[]>> = {
  raw: ['PREROUTING', 'OUTPUT'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  security: ['INPUT', 'FORWARD', 'OUTPUT'],
};

export function isBuiltinTable(table: string): boolean {
  return Object.hasOwn(hooksOf, table);
}

export function isBuiltinChain(table: string, chain: string): boolean {
  return Object.hasOwn(hooksOf, table) && (hooksOf[table]?.includes(chain) ?? false);
}

export function builtinChain(table: string, chain: string, policy: 'accept' | 'drop'): BaseChain | undefined {
  if (!isBuiltinChain(table, chain)) return undefined;
  const hook = chain.toLowerCase() as Hook;
  const isSource = chain === 'POSTROUTING' || chain === 'INPUT';
  const priority = table === 'nat' ? (isSource ? 100 : -100) : (priorities[table] ?? 0);
  const type: ChainType = table === 'nat' ? 'nat' : table === 'mangle' && chain === 'OUTPUT' ? 'route' : 'filter';
  return { type, hook, priority, policy, devices: [] };
}

/** `iptables -S` names no table: the built-in chains that it lists tell which one it is. */
export function tableOfChains(chains: readonly string[]): string | undefined {
  const builtin = chains
    .filter(
      (chain) =>
        chain === chain.toUpperCase() && ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'].includes(chain),
    )
    .toSorted();
  return ['filter', 'nat', 'mangle', 'raw'].find((table) => hooksOf[table]?.toSorted().join() === builtin.join());
}

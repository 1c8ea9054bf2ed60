import type { FirewalldAllow, PacketMatch } from '../../model/operation.js';
import type { Dialect, Exception, Obstacle } from './dialect.js';
import { acceptingRule } from './nftables.js';

/** Rules of a zone or policy of firewalld: a rich rule of the highest priority comes before all of its others. */
export const firewalld: Dialect = {
  id: 'firewalld',
  speaks: ({ owner }) => owner?.id === 'firewalld',
  exceptions({ at, owner }: Obstacle, match: PacketMatch): Exception[] {
    const { zone, policy } = owner?.detail ?? {};
    const name = policy ?? zone;
    const accept = acceptingRule(match);
    // Panic mode and direct rules stand outside of zones; answers are let in by firewalld itself.
    if (name === undefined || accept === null || match.established || match.sport !== undefined) return [];
    const operation: FirewalldAllow = {
      kind: 'firewalld-allow',
      place: policy === undefined ? 'zone' : 'policy',
      name,
      match,
    };
    // Such a rule comes to stand in the chain that is asked first.
    const first = [...at.table.chains.values()].find(
      (chain) =>
        chain.name === at.chain.name.replace(/_(?:log|deny|allow|post)$/, '_pre') && chain.name.endsWith('_pre'),
    );
    const chain = first ?? at.chain;
    return [
      {
        operation,
        table: at.table,
        chain,
        index: chain === first ? chain.rules.length : (at.rule?.number ?? 1) - 1,
        rule: accept,
      },
    ];
  },
};

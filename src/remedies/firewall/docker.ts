import type { IptablesAllow, PacketMatch } from '../../model/operation.js';
import { textOf } from '../../firewall/rule-text.js';
import type { Dialect, Exception, Obstacle } from './dialect.js';
import { acceptingLine } from './iptables.js';

/** Docker makes its chains anew; DOCKER-USER alone it leaves to whoever looks after the computer, and asks it first. */
export const docker: Dialect = {
  id: 'docker',
  speaks: ({ at, owner }) => owner?.id === 'docker' && at.table.backend !== 'nft',
  exceptions({ at: { table } }: Obstacle, match: PacketMatch): Exception[] {
    const chain = table.chains.get('DOCKER-USER');
    const rule = acceptingLine(match);
    if (chain === undefined || rule === null || table.name !== 'filter') return [];
    const operation: IptablesAllow = {
      kind: 'iptables-allow',
      backend: table.backend === 'iptables-legacy' ? 'legacy' : 'nft',
      family: match.family,
      table: 'filter',
      chain: 'DOCKER-USER',
      position: 1,
      next: chain.rules.length === 0 ? null : textOf(chain.rules.at(0)),
      match,
    };
    return [{ operation, table, chain, index: 0, rule }];
  },
};

import { parseIptablesSave } from '../../firewall/parse/iptables-save.js';
import { backendOf, textOf } from '../../firewall/rule-text.js';
import type { Rule } from '../../firewall/ruleset.js';
import type { IptablesAllow, PacketMatch } from '../../model/operation.js';
import { acceptWords } from '../../operations/iptables/chain.js';
import { nftName } from '../../operations/validate.js';
import type { Dialect, Exception, Obstacle } from './dialect.js';

const tables = ['filter', 'raw', 'mangle', 'nat', 'security'] as const;

/** Rules of iptables, by either of its backends, that no manager looks after. */
export const iptables: Dialect = {
  id: 'iptables',
  speaks: ({ at, owner }) => backendOf(at.table, at.rule) !== 'nft' && owner === null,
  exceptions: ({ at }: Obstacle, match) => exceptionsIn(at, match),
};

export function exceptionsIn({ table, chain, rule }: Obstacle['at'], match: PacketMatch): Exception[] {
  const name = tables.find((one) => one === table.name);
  const accept = acceptingLine(match);
  if (name === undefined || accept === null || !nftName.test(chain.name)) return [];
  const places = rule === undefined ? [chain.rules.length, 0] : [rule.number - 1];
  return places.map((index) => {
    const operation: IptablesAllow = {
      kind: 'iptables-allow',
      backend: table.backend === 'iptables-legacy' ? 'legacy' : 'nft',
      family: match.family,
      table: name,
      chain: chain.name,
      position: index + 1,
      next: index < chain.rules.length ? textOf(chain.rules.at(index)) : null,
      match,
    };
    return { operation, table, chain, index, rule: accept };
  });
}

/** Read by the same reader as everybody's rules. */
export function acceptingLine(match: PacketMatch): Rule | null {
  const dump = ['*filter', ':OUTPUT ACCEPT [0:0]', `-A OUTPUT ${acceptWords(match, null).join(' ')}`, 'COMMIT'].join(
    '\n',
  );
  const family = match.family === 4 ? 'ip' : 'ip6';
  const chain = parseIptablesSave(dump, { family, backend: 'iptables-nft' }).tables[0]?.chains.get('OUTPUT');
  return chain !== undefined && chain.rules.length === 1 ? chain.rules.at(0) : null;
}

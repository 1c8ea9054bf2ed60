import { parseNftJson } from '../../firewall/parse/nft-json.js';
import { backendOf, textOf } from '../../firewall/rule-text.js';
import type { Rule } from '../../firewall/ruleset.js';
import type { NftAllow, NftPlace, PacketMatch } from '../../model/operation.js';
import { acceptExpression } from '../../operations/nft/match-expression.js';
import { nftName } from '../../operations/validate.js';
import type { Dialect, Exception, Obstacle } from './dialect.js';

const families = ['ip', 'ip6', 'inet', 'netdev'] as const;

/** Rules that nobody manages but nft itself. */
export const nftables: Dialect = {
  id: 'nftables',
  speaks: ({ at, owner }) => backendOf(at.table, at.rule) === 'nft' && owner === null,
  exceptions({ at }: Obstacle, match: PacketMatch): Exception[] {
    const { table, chain, rule } = at;
    const family = families.find((one) => one === table.family);
    if (family === undefined) return [];
    if (!nftName.test(table.name) || !nftName.test(chain.name)) return [];
    const accept = acceptingRule(match);
    if (accept === null) return [];
    const places: [NftPlace, number][] =
      rule === undefined
        ? [
            ['end', chain.rules.length],
            ['top', 0],
          ]
        : [[{ above: rule.handle ?? 0, text: textOf(rule) }, rule.number - 1]];
    return places.map(([place, index]) => {
      const operation: NftAllow = {
        kind: 'nft-allow',
        rules: [{ family, table: table.name, chain: chain.name, place, match }],
      };
      return { operation, table, chain, index, rule: accept };
    });
  },
};

/** Read by the same reader as everybody's rules. */
export function acceptingRule(match: PacketMatch): Rule | null {
  const where = { family: 'inet', table: 't' };
  const objects = [
    { table: { family: 'inet', name: 't' } },
    { chain: { ...where, name: 'c' } },
    { rule: { ...where, chain: 'c', expr: acceptExpression(match) } },
  ];
  const chain = parseNftJson(JSON.stringify({ nftables: objects })).tables[0]?.chains.get('c');
  return chain !== undefined && chain.rules.length === 1 ? chain.rules.at(0) : null;
}

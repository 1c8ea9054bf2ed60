import { decide, type DecisionDetail, type DecideOptions, prepare } from '../../firewall/decide.js';
import { hookOwners, ownerOf, type OwnerId } from '../../firewall/owner.js';
import type { Packet } from '../../firewall/packet.js';
import { textOf } from '../../firewall/rule-text.js';
import type { Ruleset, Table } from '../../firewall/ruleset.js';
import type { OtherManager } from '../../model/firewall-facts.js';

/** Programs that take the whole firewall of a computer for theirs. */
export const managers: ReadonlySet<OwnerId> = new Set<OwnerId>([
  'ufw',
  'firewalld',
  'csf',
  'shorewall',
  'nixos',
  'openwrt',
  'portmaster',
]);

/** It names ports or addresses: somebody wanted just that to pass, and it is no default. */
const explicit = /\b(?:dport|dports|sport|daddr|saddr)\b|(?:^| )-[sd] /;

/**
 * What would become of a refused packet without the tables of the manager who refused it: worth a word only where another
 * manager's own rule would let it pass.
 */
export function otherManager(
  refused: DecisionDetail,
  packet: Packet,
  ruleset: Ruleset,
  around: DecideOptions,
): OtherManager | null {
  const owner = refused.decidedBy === null ? null : ownerOf(refused.decidedBy);
  if (owner === null || !managers.has(owner.id)) return null;
  const own = new Set(
    hookOwners(ruleset)
      .filter((one) => one.owner.id === owner.id)
      .map((one) => `${one.family} ${one.table}`),
  );
  const isOther = (table: Table): boolean => !own.has(`${table.family} ${table.name}`);
  const tables = ruleset.tables.filter(isOther);
  if (tables.length === 0 || tables.length === ruleset.tables.length) return null;
  const { verdict, rule, decidedBy } = decide(prepare({ ...ruleset, tables }), packet, around);
  if ((verdict !== 'accept' && verdict !== 'redirect') || rule === null || decidedBy?.rule === undefined) return null;
  const other = ownerOf(decidedBy) ?? throughOwner(decidedBy);
  if (other === null || !managers.has(other.id) || !explicit.test(textOf(decidedBy.rule))) return null;
  return {
    owner: other.id,
    verdict,
    rule: { ...rule, ...(rule.text === undefined ? {} : { text: rule.text.slice(0, 400) }) },
  };
}

function throughOwner({ table, chain, through }: NonNullable<DecisionDetail['decidedBy']>) {
  for (const rule of through) {
    const owner = ownerOf({ table, chain, rule });
    if (owner !== null) return owner;
  }
  return null;
}

import { decide, type DecisionDetail, type DecideOptions, prepare } from '../../firewall/decide.js';
import { type BootLoaded, loaderOf, withoutLoader } from '../../firewall/boot-loaded.js';
import { hookOwners, ownerOf, type OwnerId } from '../../firewall/owner.js';
import type { Packet } from '../../firewall/packet.js';
import { textOf } from '../../firewall/rule-text.js';
import type { Ruleset, Table } from '../../firewall/ruleset.js';
import { bootLoaders } from '../../model/service-operations.js';
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

type Place = NonNullable<DecisionDetail['decidedBy']>;

/** It names ports or addresses: somebody wanted just that to pass, and it is no default. */
const explicit = /\b(?:dport|dports|sport|daddr|saddr)\b|(?:^| )-[sd] /;

/**
 * What would become of a refused packet without the rules of the manager who refused it: worth a word only where another
 * manager's own rule would let it pass. `loaded` are the files that services load at boot: those are managers too.
 */
export function otherManager(
  refused: DecisionDetail,
  packet: Packet,
  ruleset: Ruleset,
  around: DecideOptions,
  loaded: readonly BootLoaded[],
): OtherManager | null {
  const refusing = refused.decidedBy === null ? null : refusingManager(refused.decidedBy, loaded);
  const rest = refusing === null ? null : withoutManager(ruleset, refusing, loaded);
  if (refusing === null || rest === null) return null;
  const { verdict, rule, decidedBy } = decide(prepare(rest), packet, around);
  if ((verdict !== 'accept' && verdict !== 'redirect') || rule === null || decidedBy?.rule === undefined) return null;
  const other = managerOf(decidedBy, loaded);
  if (other === null || other === refusing || !explicit.test(textOf(decidedBy.rule))) return null;
  return {
    owner: other,
    refusing,
    verdict,
    rule: { ...rule, ...(rule.text === undefined ? {} : { text: rule.text.slice(0, 400) }) },
  };
}

function refusingManager(place: Place, loaded: readonly BootLoaded[]): OwnerId | null {
  const owner = ownerOf(place);
  if (owner !== null) return managers.has(owner.id) ? owner.id : null;
  return throughOwner(place) === null ? loaderOf(place, loaded) : null;
}

/** Of the rule, of one that led to it, or the service whose file made it. */
function managerOf(place: Place, loaded: readonly BootLoaded[]): OwnerId | null {
  const owner = ownerOf(place) ?? throughOwner(place);
  if (owner !== null) return managers.has(owner.id) ? owner.id : null;
  return loaderOf(place, loaded);
}

function withoutManager(ruleset: Ruleset, id: OwnerId, loaded: readonly BootLoaded[]): Ruleset | null {
  const loader = bootLoaders.find((one) => one === id);
  if (loader !== undefined) return withoutLoader(ruleset, loader, loaded);
  const own = new Set(
    hookOwners(ruleset)
      .filter((one) => one.owner.id === id)
      .map((one) => `${one.family} ${one.table}`),
  );
  const tables = ruleset.tables.filter((table: Table) => !own.has(`${table.family} ${table.name}`));
  return tables.length === 0 || tables.length === ruleset.tables.length ? null : { ...ruleset, tables };
}

function throughOwner({ table, chain, through }: Place) {
  for (const rule of through) {
    const owner = ownerOf({ table, chain, rule });
    if (owner !== null) return owner;
  }
  return null;
}

import type { Culprit } from '../model/words.js';
import type { Stop } from './firewall-evidence.js';
import { ownerName, ownerPart } from './owner-words.js';

/** The rule or policy that stopped it, in its owner's words where the owner has some. */
export function ruleCulprit({ at, owner }: Stop): Culprit {
  const where = `${at.family} ${at.table}, chain ${at.chain}`;
  const part = owner === null ? null : ownerPart(owner);
  const own = owner === null || part === null ? null : `${ownerName(owner)} ${part}`;
  const name = own ?? (at.kind === 'policy' ? `policy of ${where}` : (at.rule?.text ?? where));
  return {
    kind: at.kind === 'policy' ? 'policy' : 'firewall-rule',
    name,
    ...(owner === null ? {} : { owner: owner.id }),
    rule: at.rule ?? { backend: 'nft', family: at.family, table: at.table, chain: at.chain },
  };
}

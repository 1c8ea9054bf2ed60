import type { Culprit } from '../../model/words.js';
import { ownerName, ownerPart } from './owner-words.js';
import type { Stop } from './stop.js';

/** The rule or policy that stopped it, in its owner's words where the owner has some. */
export function ruleCulprit(stop: Stop): Culprit {
  const { at, owner, line } = stop;
  return {
    kind: at.kind === 'policy' ? 'policy' : 'firewall-rule',
    name: nameOf(stop),
    ...(owner === null ? {} : { owner: owner.id }),
    rule: at.rule ?? { backend: 'nft', family: at.family, table: at.table, chain: at.chain },
    ...(line === null ? {} : { location: line.location }),
  };
}

/** `ufw rule 4, "deny out 443/tcp" (comment: kids)`, `firewalld zone "public"`; else the rule itself. */
function nameOf({ at, owner, line }: Stop): string {
  if (owner !== null && line !== null && line.words !== null) {
    const number = line.number === null ? '' : ` rule ${line.number},`;
    const comment = line.comment === null ? '' : ` (comment: ${line.comment})`;
    return `${ownerName(owner)}${number} "${line.words}"${comment}`;
  }
  const part = owner === null ? null : ownerPart(owner);
  if (owner !== null && part !== null) return `${ownerName(owner)} ${part}`;
  const where = `${at.family} ${at.table}, chain ${at.chain}`;
  return at.kind === 'policy' ? `policy of ${where}` : (at.rule?.text ?? where);
}

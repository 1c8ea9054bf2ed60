import { fact } from '../../model/facts.js';
import type { Attempt } from '../../model/attempt.js';
import type { Evidence, Scene } from '../../model/cause.js';
import type { AnswerHead } from '../../model/links.js';
import { interferenceOf } from './interference-evidence.js';

/** Packets of one connection are numbered one after the other; what is lost or sent to others may lie between. */
const nearIds = 64;

/**
 * What a reset's headers show beside those of the other packets of the very same connection (as root). Signs, never a proof:
 * who stands before a server answers for it with headers of his own as well, and who forges can copy them all. A reset that
 * a kernel sends without a connection has the id 0 and no options (measured on Linux): so 0 is no sign.
 */
export function oddHeads(attempt: Attempt, scene: Scene): Evidence | null {
  const source = attempt.stage === 'connect' ? 'connect.forged' : 'interference';
  const heads =
    source === 'interference'
      ? interferenceOf(attempt, scene)?.heads
      : fact(scene.facts, source)?.find((one) => one.address === attempt.address && one.port === attempt.port)?.heads;
  const signs = connections(heads ?? [], attempt.port).map(signsOf);
  // Each time the same: one reset alone may be another's, such as of a connection that was over already.
  const [first] = signs;
  if (signs.length < 2 || !first) return null;
  const lasting = (['ttl', 'id', 'whole'] as const).flatMap((key) => {
    const said = first[key];
    return said !== null && signs.every((one) => one[key] !== null) ? [said] : [];
  });
  return lasting.length === 0 ? null : { fact: source, says: `the reset ${lasting.join(', and ')}` };
}

interface Signs {
  readonly ttl: string | null;
  readonly id: string | null;
  readonly whole: string | null;
}

/** Those with a reset and something genuine beside it. */
function connections(heads: readonly AnswerHead[], port: number | null): AnswerHead[][] {
  const ports = [...new Set(heads.filter((one) => one.port === port).map(({ localPort }) => localPort))];
  return ports
    .map((localPort) => heads.filter((one) => one.localPort === localPort && one.port === port))
    .filter((all) => all.some(isReset) && !all.every(isReset));
}

function isReset({ kind }: AnswerHead): boolean {
  return kind === 'reset';
}

function signsOf(all: readonly AnswerHead[]): Signs {
  const others = all.filter((one) => !isReset(one));
  const limits = new Set(others.map(({ ttl }) => ttl));
  const reset = all.find(isReset);
  const [limit] = limits;
  if (!reset || limit === undefined) return { ttl: null, id: null, whole: null };
  return {
    ttl:
      limits.size === 1 && reset.ttl !== limit
        ? `came with a hop limit of ${reset.ttl}, the server's other packets of the same connection with ${limit}`
        : null,
    id: isStrangeId(reset, others) ? `has a number (IP id) out of the row of the server's other packets` : null,
    whole:
      reset.whole === false && others.every((one) => one.whole === true)
        ? 'may be split on the way, as none of the other packets may'
        : null,
  };
}

/**
 * Judged only where the other packets are numbered in a row, or are all 0; the first packet of a connection is none of the
 * row (Linux gives it 0). Some systems draw numbers by chance: then there is no row.
 */
function isStrangeId(reset: AnswerHead, others: readonly AnswerHead[]): boolean {
  const ids = others.flatMap(({ kind, id }) => (kind === 'other' && id !== null ? [id] : []));
  if (reset.id === null || reset.id === 0 || ids.length < 2) return false;
  const distance = (a: number, b: number): number => Math.min((a - b) & 0xffff, (b - a) & 0xffff);
  if (ids.every((id) => id === 0)) return true;
  const inRow = ids.every((id, i) => i === 0 || distance(id, ids[i - 1] ?? id) <= nearIds);
  return inRow && ids.every((id) => distance(id, reset.id ?? id) > nearIds);
}

import type { Origin } from '../data/error-messages/types.js';
import type { Match } from './search.js';

/** A program named this many lines away has to do with another message. */
const reach = 60;

/**
 * Who speaks: the program around the message where one is recognised, else the language's library, else the system
 * whose words they are.
 */
export function originOf(root: Match, matches: readonly Match[]): Origin {
  const { layer, from } = root.entry.table;
  const program = nearest(
    root,
    matches.filter((match) => match.entry.table.layer === 'program'),
  );
  if (layer === 'program')
    return program && program.line === root.line && program.start < root.start ? program.entry.table.from : from;
  if (program) return program.entry.table.from;
  if (layer === 'runtime') return from;
  return (
    nearest(
      root,
      matches.filter((match) => match.entry.table.layer === 'runtime'),
    )?.entry.table.from ?? from
  );
}

/** Of the same line the outermost, else the closest line before, else the closest after. */
function nearest(root: Match, others: readonly Match[]): Match | null {
  let best: Match | null = null;
  for (const other of others) {
    const distance = distanceTo(root, other);
    if (distance > reach) continue;
    const held = best ? distanceTo(root, best) : Infinity;
    if (distance < held || (distance === held && best && other.start < best.start)) best = other;
  }
  return best;
}

function distanceTo(root: Match, other: Match): number {
  if (other.line === root.line) return other.start <= root.end ? 0 : 0.25;
  return other.line < root.line ? root.line - other.line : other.line - root.line + 0.5;
}

import type { Opinion } from './verdict-of.js';

/** Leaves out what is only a symptom of another one that holds at least as well. */
export function yielding(opinions: readonly Opinion[]): Opinion[] {
  return opinions.filter(
    (opinion) =>
      !opinions.some(
        (other) =>
          (opinion.entry.yieldsTo?.includes(other.entry.id) && weightOf(other) >= weightOf(opinion)) ||
          isMisledBy(opinion, other),
      ),
  );
}

const clearlyMisled = 0.7;

/** What is met at a place that is clearly the wrong one is no cause of its own. */
function isMisledBy(opinion: Opinion, other: Opinion): boolean {
  return (
    other.entry.misleads === true &&
    opinion.finding.says === 'fits' &&
    opinion.entry.stage !== 'name' &&
    weightOf(other) >= clearlyMisled &&
    other.entry.yieldsTo?.includes(opinion.entry.id) !== true
  );
}

export function weightOf(opinion: Opinion): number {
  return opinion.finding.says === 'fits' ? (opinion.finding.weight ?? 0.5) : 1;
}

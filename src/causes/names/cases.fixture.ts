/** A table of cases: what a cause says of one attempt, and that it is never surer with fewer facts. */
import { describe, expect, it } from 'vitest';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Finding } from '../../model/cause.js';
import type { Facts } from '../../model/facts.js';
import { judge, surerWithLess } from './scene.fixture.js';

export interface Case {
  readonly name: string;
  readonly cause: Cause;
  readonly attempt: FailedAttempt;
  readonly facts: Facts;
  readonly says: Finding['says'];
  /** Where it matters how much another cause of the same failure counts beside it. */
  readonly weight?: number;
}

/** `wild`: facts that do not matter to the cases, and must not make them surer either. */
export function holdCases(title: string, cases: readonly Case[], wild: Partial<Facts>): void {
  describe(title, () => {
    it.each(cases)('$cause.id when $name: $says', ({ cause, attempt, facts, says, weight }) => {
      expect(judge(cause, attempt, facts)).toMatchObject({ says, ...(weight !== undefined && { weight }) });
    });

    it('is never surer with less', () => {
      const found = cases.flatMap(({ cause, attempt, facts }) => surerWithLess(cause, attempt, { ...wild, ...facts }));
      expect(found).toEqual([]);
    });
  });
}

/** The finding of the one case with that name. */
export function findingOf(cases: readonly Case[], name: string, cause: Cause): Finding | undefined {
  const one = cases.find((each) => each.name === name && each.cause === cause);
  return one && judge(one.cause, one.attempt, one.facts);
}

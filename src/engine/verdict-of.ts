import type { FailedAttempt } from '../model/attempt.js';
import type { CatalogueEntry, Cause, Finding, Scene } from '../model/cause.js';
import type { Verdict } from '../model/report.js';
import type { Certainty, Outcome } from '../model/words.js';

export interface Opinion {
  readonly entry: CatalogueEntry;
  readonly finding: Finding;
}

export function verdictOf(
  opinion: Opinion,
  attempt: FailedAttempt | null,
  certainty: Certainty,
  outcome: Outcome,
): Verdict {
  const { entry, finding } = opinion;
  const said = finding.says === 'proven' || finding.says === 'fits' ? finding : null;
  return {
    outcome,
    cause: entry.id,
    side: said?.side ?? entry.side,
    stage: said?.stage ?? attempt?.stage ?? entry.stage,
    certainty,
    ...(said?.culprit ? { culprit: said.culprit } : {}),
    summary: said?.summary ?? `${entry.title}.`,
    ...(said?.advice ? { advice: said.advice } : {}),
  };
}

/** What causes have to say although nothing failed, or although something else did. */
export function besideAll(scene: Scene, built: readonly Cause[], outcome: 'reachable' | 'failed'): Verdict[] {
  return built.flatMap((cause) => {
    if (outcome === 'failed' && !cause.alsoWhenFailed) return [];
    const finding = cause.beside?.(scene);
    if (!finding) return [];
    const certainty = finding.says === 'proven' ? 'proven' : 'likely';
    return [verdictOf({ entry: cause, finding }, null, certainty, outcome)];
  });
}

/** A sentence behind a colon. */
export function lowerFirst(text: string): string {
  // "IPv6 …" and "HTTP …" keep their letters.
  return /^[A-Z][a-z' ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

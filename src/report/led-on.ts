import { fact, type RedirectHop } from '../model/facts.js';
import type { Report } from '../model/report.js';
import { clean } from './clean.js';

/**
 * Where the page leads on to, when it is there that the connection fails: the verdict is about that place then, and not
 * about the target. Null where the target itself fails, or the chain ends for a reason of its own (a circle).
 */
export function ledOn({ verdict, facts }: Report): RedirectHop | null {
  const last = fact(facts, 'redirects')?.at(-1);
  if (verdict.outcome !== 'failed' || !last || last.failure) return null;
  const connected = last.connect.some(({ first, repeats }) => [first, ...repeats].some((one) => !one.failure));
  const failed = last.nameFailure ?? last.tls?.failure ?? last.http?.failure;
  return failed !== undefined || (last.connect.length > 0 && !connected) ? last : null;
}

/** Without it the reader looks for a name or an address that was never typed. Null where nothing is to be said. */
export function ledOnSentence(report: Report): string | null {
  const hop = ledOn(report);
  if (!hop) return null;
  const { target, facts } = report;
  const before = fact(facts, 'redirects')?.at(-2)?.url;
  const answer = (fact(facts, 'http') ?? []).find(({ failure }) => !failure)?.status;
  const status = answer === undefined ? '' : ` (HTTP ${answer})`;
  const by = before === undefined ? '' : `, by way of ${clean(before, 120)}`;
  return `${clean(target.input, 120)} answers${status} and leads to ${clean(hop.url, 120)}${by}: that is what fails.`;
}

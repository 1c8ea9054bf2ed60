import type { FailedAttempt } from '../../model/attempt.js';
import type { Scene } from '../../model/cause.js';
import { fact, type HttpTry } from '../../model/facts.js';
import { failedAnswer } from './http-evidence.js';

/** An answer that began in HTTP and ended with its connection, before its own end. */
export function pageCutShort(attempt: FailedAttempt, scene: Scene): HttpTry | undefined {
  const { stage, outcome } = attempt;
  if (stage !== 'http' || (outcome.code !== 'closed' && outcome.code !== 'reset')) return undefined;
  const answer = failedAnswer(attempt, scene);
  return answer?.status === undefined ? undefined : answer;
}

/** How often it was cut, and whether at the same place each time. Null where it was asked for once. */
export function cutsInARow(one: HttpTry, { facts }: Scene): string | null {
  const all = [...(fact(facts, 'http') ?? []), ...(fact(facts, 'http.again') ?? [])].filter(
    ({ address, port, url }) => address === one.address && port === one.port && url === one.url,
  );
  const cut = all.filter(({ status, failure }) => status !== undefined && isCut(failure?.code));
  if (cut.length < 2) return null;
  const places = new Set(cut.map(({ bodyBytes }) => bodyBytes));
  const where = places.size === 1 ? `after the same ${one.bodyBytes} bytes` : 'after more or fewer bytes';
  return `${cut.length} of ${all.length} times, ${where}`;
}

function isCut(code: string | undefined): boolean {
  return code === 'closed' || code === 'reset';
}

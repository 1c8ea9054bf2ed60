import type { FailedAttempt } from '../../model/attempt.js';
import type { Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { failedAnswer } from './http-evidence.js';

/**
 * Who wants the login of a 407 where no proxy is set: somebody in the way asks it of everybody who goes out by that port, a
 * site that answers so itself only for itself.
 */
export function whoseLogin(
  attempt: FailedAttempt,
  scene: Scene,
): 'of-everybody' | 'of-this-alone' | 'open' | 'not-asked' {
  const headers = failedAnswer(attempt, scene)?.headers ?? {};
  if (headers['via'] !== undefined || headers['proxy-agent'] !== undefined) return 'open';
  if (scene.facts.references === undefined) return 'not-asked';
  const pages = (fact(scene.facts, 'references') ?? []).filter(
    ({ kind, port }) => kind === 'portal' && port === attempt.port,
  );
  if (pages.some(({ status }) => status === 407)) return 'of-everybody';
  return pages.some(({ ok }) => ok) ? 'of-this-alone' : 'open';
}

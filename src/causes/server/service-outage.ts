import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Finding, Scene } from '../../model/cause.js';
import { type ConnectTry, fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { registrableDomain } from '../../model/site.js';
import type { StatusPageFact } from '../../model/status-page.js';
import { routeOf, sendersOf, triesOf } from '../evidence/connection-evidence.js';
import { notReached } from '../evidence/refused-by-own-stack.js';

type Page = NonNullable<StatusPageFact['page']>;

/**
 * The owner of the service says himself that it has an outage. His page tells of the service as a whole: that it is what
 * stopped this very attempt fits, and no more. What it says of another part proves nothing, and that it says nothing
 * rules nothing out: such pages are kept by hand.
 */
export const cause: Cause = {
  id: 'service-outage',
  side: 'server',
  stage: 'http',
  title: 'The service has an outage',
  symptoms: [
    ...symptoms('http', 'server-error', 'bad-gateway', 'unavailable', 'gateway-timeout', 'timed-out'),
    ...symptoms('connect', 'timed-out', 'refused'),
  ],
  needs: ['service.status'],
  yieldsTo: ['captive-portal', 'internet-down', 'http-filtered'],
  judge(attempt, scene) {
    const [hop] = attempt.stage === 'connect' ? sendersOf(triesOf(attempt, scene)).hops : [];
    if (hop && hop.from !== routeOf(attempt, scene)?.via)
      return { says: 'ruledOut', because: `${hop.from} on the way said so`, facts: ['connect'] };
    const own = notReached(attempt, scene);
    if (own) return own;
    // A program on a port of its own is hardly what a public status page speaks of.
    const web = scene.facts.target.protocol === 'http';
    // A server that takes connections by another address is up, and what is wrong with this one stands on no status page.
    const up = attempt.stage === 'connect' && fact(scene.facts, 'connect')?.some(({ first }) => isOpen(first));
    const asks = web && up !== true && scene.facts['service.status'] === undefined;
    const status = fact(scene.facts, 'service.status');
    if (!status)
      return { says: 'unknown', missing: asks ? ['service.status'] : [], because: 'no status page was asked' };
    const { page } = status;
    if (!page) return { says: 'unknown', missing: [], because: 'no public status page was found' };
    return judgePage(attempt, scene, page);
  },
};

function isOpen({ failure, pending }: ConnectTry): boolean {
  return failure === undefined && pending !== true;
}

function judgePage(attempt: FailedAttempt, scene: Scene, page: Page): Finding {
  const where = new URL(page.url).hostname;
  if (page.says === 'well')
    return { says: 'unknown', missing: [], because: `${where} says "${page.words}", which may be late` };
  const own = partOf(page, scene.facts.target.host);
  if (page.says === 'trouble' && !own)
    return {
      says: 'unknown',
      missing: [],
      because: `${where} tells of trouble, with other parts as far as it says (${page.words})`,
    };
  const since = page.incidents.find((one) => one.since !== null)?.since ?? page.updatedAt;
  const [incident] = page.incidents;
  const what = page.says === 'maintenance' ? 'is being worked on' : 'has an outage';
  return {
    says: 'fits',
    weight: 0.9,
    atMost: 'likely',
    stage: attempt.stage,
    culprit: { kind: 'service', name: page.name === '' ? attempt.host : page.name, location: page.url },
    summary: `${page.name === '' ? attempt.host : page.name} ${what}: its own status page says "${page.words}"${since === null ? '' : ` (${minute(since)})`}.`,
    advice: `wait, and look at ${page.url} for news; nothing has to be done on this computer`,
    evidence: [
      {
        fact: 'service.status',
        says: `${where} says "${page.words}"${since === null ? '' : `, ${minute(since)}`}${page.secure ? '' : ' (not encrypted: anybody on the way could have written it)'}`,
      },
      ...(incident ? [{ fact: 'service.status' as const, says: `it names "${incident.name}"` }] : []),
      ...(own ? [{ fact: 'service.status' as const, says: `of ${own.name} it says ${own.state}` }] : []),
    ],
  };
}

/** A part that is not well and that bears a name of the target's own. */
function partOf(page: Page, host: string): Page['parts'][number] | undefined {
  const domain = registrableDomain(host, 'everybody') ?? host;
  const words = host
    .slice(0, host.length - domain.length + domain.indexOf('.'))
    .split('.')
    .filter((label) => label.length > 2);
  return page.parts.find(({ name }) =>
    words.some((word) => new RegExp(`\\b${word.replace(/[^\w-]/g, '')}\\b`, 'i').test(name)),
  );
}

function minute(when: string): string {
  const at = Date.parse(when);
  return Number.isNaN(at) ? when : `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

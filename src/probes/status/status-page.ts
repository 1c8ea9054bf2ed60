import { scopeOf } from '../../model/address.js';
import { fact, type Facts } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import type { StatusPageFact } from '../../model/status-page.js';
import { isPublicName } from '../../model/public-name.js';
import { areResolversSilent } from '../../model/silent-resolvers.js';
import { statusHosts } from './candidates.js';
import { fetchJson } from './fetch-json.js';
import { forms } from './forms.js';

const longestMs = 2500;
const eachMs = 1500;

/** What the service's own public status page says, where it has one. */
export const statusPage: Gatherer<'service.status'> = {
  fact: 'service.status',
  needs: ['name.system', 'connect', 'tls', 'http'],
  base: false,
  cost: 'heavy',
  platforms: 'any',
  privilege: 'none',
  reference: true,
  when: (facts) => {
    const { target } = facts;
    if (!isPublicName(target.host)) return 'a private name has no public status page';
    const addresses = fact(facts, 'name.system')?.addresses ?? [];
    if (!addresses.some((address) => scopeOf(address) === 'public')) return 'the target has no public address';
    return areResolversSilent(facts) ? 'no resolver answers, and the page has only a name' : null;
  },
  async gather(facts, context) {
    const until = context.system.clock.now() + Math.min(longestMs, context.remaining() / 2);
    const asked: { url: string; why?: string }[] = [];
    for (const host of statusHosts(facts.target.host, errorPageOf(facts))) {
      if (context.signal.aborted || context.system.clock.now() >= until) break;
      const page = await pageOf(host, asked, until, context);
      if (page) return known({ asked, page }, 'status page');
    }
    return known({ asked, page: null }, 'status page');
  },
};

function errorPageOf(facts: Facts): string {
  return (fact(facts, 'http') ?? [])
    .map((one) => one.bodyHead ?? '')
    .join(' ')
    .slice(0, 8192);
}

async function pageOf(
  host: string,
  asked: { url: string; why?: string }[],
  until: number,
  context: Context,
): Promise<StatusPageFact['page']> {
  const left = (): number => Math.max(1, Math.min(eachMs, until - context.system.clock.now()));
  for (const scheme of ['https', 'http']) {
    const had = new Map<string, Awaited<ReturnType<typeof fetchJson>>>();
    for (const { form, path, details, read } of forms) {
      const url = `${scheme}://${host}${path}`;
      // Two forms have the same place.
      const fetched = had.get(url) ?? (await fetchJson(url, left(), context));
      had.set(url, fetched);
      if (typeof fetched === 'string') {
        asked.push({ url, why: fetched });
        // Nobody is there at all: the other forms are not there either.
        if (fetched === 'no public address') return null;
        if (fetched === 'not reached' || fetched.startsWith('its certificate')) break;
        continue;
      }
      const seen = read(fetched.json);
      asked.push(seen ? { url } : { url, why: 'no status page of this form' });
      if (!seen) continue;
      const more =
        details !== undefined && seen.says !== 'well'
          ? await fetchJson(`${scheme}://${host}${details}`, left(), context)
          : '';
      const whole = typeof more === 'string' ? null : read(more.json);
      return { url: `${scheme}://${host}/`, form, secure: fetched.secure, ...(whole ?? seen) };
    }
  }
  return null;
}

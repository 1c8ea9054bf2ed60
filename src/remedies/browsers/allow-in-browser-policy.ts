import { portOf, upgraded, verdictOfLists } from '../../inspectors/browsers/page-filter.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';
import { browserAt, listInForce, type ManagedPolicies, managedPolicies } from './managed-policies.js';

type Looks = ManagedPolicies | null;

const mostEntries = 999;

/** A page that a policy of the browser blocks is put on the list of those that it allows, in a file of our own. */
export const remedy: Remedy<Looks> = {
  id: 'allow-in-browser-policy',
  risk: 'high',
  needs: 'root',
  platforms: ['linux'],
  title: 'allows this site in the browser’s policies',
  offers: (ailment) => isBlocklist(ailment) && browserAt(locationOf(ailment)) !== null,
  async look(ailment, { system }) {
    const browser = browserAt(locationOf(ailment));
    return browser === null ? null : managedPolicies(browser, system);
  },
  plan(ailment, looks): Plan | { readonly whyNot: string } {
    const browser = browserAt(locationOf(ailment));
    if (!isBlocklist(ailment) || browser === null || looks === null)
      return {
        whyNot:
          'only a list of blocked pages (URLBlocklist) takes an exception in a file beside it: what else there is, its administrator changes',
      };
    if (!locationOf(ailment).includes('/managed/'))
      return { whyNot: 'it is a policy that users may change themselves: do so in the browser' };
    if (looks.whyNot !== null) return { whyNot: looks.whyNot };
    const allowed = listInForce(looks, 'URLAllowlist');
    const entries = entriesFor(ailment, looks);
    if (entries === null)
      return { whyNot: 'no entry of a list of allowed pages would be more exact than the one that blocks' };
    if (allowed.length > mostEntries || allowed.some((one) => /[\p{Cc}\s]/u.test(one)))
      return { whyNot: 'the list of allowed pages that is there holds what cannot be said again' };
    const { product, what } = wordsOf(ailment);
    return {
      title: `allows ${entries.join(' and ')} in ${product}, for every user of this computer`,
      operations: [{ kind: 'own-file', what: { is: 'browser-allow', browser, entries: [...allowed, ...entries] } }],
      opens: [],
      wider: false,
      mayCutOff: false,
      notes: [
        ...(allowed.length === 0
          ? []
          : ['the last file that says URLAllowlist counts alone: it says again what is allowed already']),
        `a ${product} that runs takes it over within some seconds, else when it is started again`,
      ],
      blockLooksRight: `whoever runs this computer has set that policy (${what})`,
    };
  },
};

function isBlocklist({ verdict: { culprit } }: Ailment): boolean {
  return culprit?.kind === 'policy' && culprit.name?.startsWith('URLBlocklist: ') === true;
}

function locationOf({ verdict }: Ailment): string {
  return verdict.culprit?.location ?? '';
}

function wordsOf({ verdict: { culprit } }: Ailment): { readonly product: string; readonly what: string } {
  return { product: culprit?.owner ?? 'the browser', what: culprit?.name ?? '' };
}

/**
 * The whole site by its exact name, scheme and port; where other pages of the site are not blocked, the page. A page without
 * encryption is asked for by HTTPS first, so that must be let through as well. Null where nothing would be exact enough.
 */
function entriesFor({ target: { scheme, host, port, path } }: Ailment, looks: ManagedPolicies): string[] | null {
  if ((scheme !== 'http' && scheme !== 'https') || host === '') return null;
  const url = URL.parse(`${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}${path}`);
  if (url === null) return null;
  const [blocked, allowed] = [listInForce(looks, 'URLBlocklist'), listInForce(looks, 'URLAllowlist')];
  const asked = [url, upgraded(url)].filter((one) => one !== null);
  const needed = asked.filter((one) => one === url || verdictOfLists(blocked, allowed, one)?.effect === 'blocks');
  const entries = needed.flatMap((one) => entryFor(one, blocked) ?? []);
  return entries.length === needed.length ? entries : null;
}

function entryFor(url: URL, blocked: readonly string[]): string | null {
  const site = `${url.protocol}//.${url.hostname}:${portOf(url)}`;
  const isWhole = verdictOfLists(blocked, [], new URL('/', url))?.effect === 'blocks';
  const page = `${site}${url.pathname}`;
  const holds = (entry: string): boolean => verdictOfLists(blocked, [entry], url)?.effect !== 'blocks';
  return (isWhole ? [site, page] : [page]).find(holds) ?? null;
}

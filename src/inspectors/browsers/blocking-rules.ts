import type { BrowserExtension } from '../../model/browser-facts.js';
import { list, object, text, texts } from '../json.js';
import { urlFilterHolds } from './url-filter.js';

const mostRules = 60_000;
const mostShown = 3;

interface Matching {
  readonly id: number;
  readonly priority: number;
  readonly action: string;
  readonly filter: string;
}

/** At the same priority the first of these decides (declarativeNetRequest, "Rule prioritization"). */
const ranks = ['allow', 'allowAllRequests', 'block', 'upgradeScheme', 'redirect'];

/**
 * Rules of one extension's files that block a page: `sets` are its rule files by their place. Empty where another of its
 * rules lets the page through.
 */
export function blockingRules(
  sets: readonly { readonly location: string; readonly rules: unknown }[],
  url: URL,
): BrowserExtension['rules'] {
  const found = sets.flatMap(({ location, rules }) =>
    list(rules, mostRules).flatMap((rule) => {
      const matching = matchingOf(rule, url);
      return matching ? [{ location, ...matching }] : [];
    }),
  );
  const top = Math.max(0, ...found.map(({ priority }) => priority));
  const deciding = found.filter(({ priority }) => priority === top);
  const best = ranks.find((action) => deciding.some((one) => one.action === action));
  if (best !== 'block') return [];
  return deciding
    .filter(({ action }) => action === 'block')
    .slice(0, mostShown)
    .map(({ location, id, filter }) => ({ location, id, filter }));
}

function matchingOf(rule: unknown, url: URL): Matching | null {
  const { id, priority, action, condition } = object(rule);
  const type = text(object(action)['type']);
  if (!ranks.includes(type) || !concerns(object(condition), url)) return null;
  const filter = text(object(condition)['urlFilter']) || texts(object(condition)['requestDomains'], 3).join(', ');
  return {
    id: typeof id === 'number' ? id : 0,
    priority: typeof priority === 'number' ? priority : 1,
    action: type,
    filter,
  };
}

/** Whether it is about the page itself, opened by a person. What a regular expression says is not known here. */
function concerns(condition: Readonly<Record<string, unknown>>, url: URL): boolean {
  const types = texts(condition['resourceTypes'], 40);
  const excludedTypes = texts(condition['excludedResourceTypes'], 40);
  // Rules without types are about everything but the page itself.
  if (types.length > 0 ? !types.includes('main_frame') : !excludedTypes.length || excludedTypes.includes('main_frame'))
    return false;
  if (condition['regexFilter'] !== undefined || condition['initiatorDomains'] !== undefined) return false;
  if (condition['tabIds'] !== undefined || condition['domainType'] === 'thirdParty') return false;
  const methods = texts(condition['requestMethods'], 20);
  if (methods.length > 0 && !methods.includes('get')) return false;
  const domains = condition['requestDomains'];
  if (domains !== undefined && !texts(domains, mostRules).some((one) => isWithin(url.hostname, one))) return false;
  if (texts(condition['excludedRequestDomains'], mostRules).some((one) => isWithin(url.hostname, one))) return false;
  const filter = condition['urlFilter'];
  if (filter === undefined) return true;
  const sensitive = condition['isUrlFilterCaseSensitive'] === true;
  return typeof filter === 'string' && filter !== '' && urlFilterHolds(filter.slice(0, 2048), url.href, sensitive);
}

function isWithin(host: string, domain: string): boolean {
  const wanted = domain.toLowerCase();
  return host === wanted || host.endsWith(`.${wanted}`);
}

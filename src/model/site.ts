import { createRequire } from 'node:module';
import { domainToASCII } from 'node:url';
import type * as SuffixList from 'tldts';
import { familyOf, unbracketed } from './address.js';

/**
 * Below which names somebody else may begin: at registries alone (`co.uk`), or also at those who hand out names below their
 * own (`github.io`), as publicsuffix.org lists both.
 */
export type Owners = 'registries' | 'everybody';

let loaded: typeof SuffixList | undefined;

/** Loaded at first need, and at once: the list costs 18 ms (measured), which most runs have no use for. */
function list(): typeof SuffixList {
  loaded ??= createRequire(import.meta.filename)('tldts') as typeof SuffixList;
  return loaded;
}

const plain = { extractHostname: false, detectIp: false, validateHostname: false } as const;

/** What somebody has registered of a name: `shop.co.uk` of `www.shop.co.uk`. Null: an address, one label, or a suffix itself. */
export function registrableDomain(host: string, owners: Owners): string | null {
  const name = spelled(host);
  if (familyOf(name) !== 0 || !name.includes('.')) return null;
  return list().getDomain(name, { ...plain, allowPrivateDomains: owners === 'everybody' });
}

/** Everybody may have names below it; a single label that no list has is its own network's, and counts as one too. */
export function isPublicSuffix(host: string): boolean {
  const name = spelled(host);
  if (familyOf(name) !== 0 || name === '') return false;
  return !name.includes('.') || list().getPublicSuffix(name, { ...plain, allowPrivateDomains: true }) === name;
}

/** Of one owner as far as the names show. Addresses, single labels and suffixes are only themselves. */
export function isSameSite(one: string, other: string, owners: Owners = 'everybody'): boolean {
  const [first, second] = [spelled(one), spelled(other)];
  if (first === second) return true;
  if (familyOf(first) !== 0 || familyOf(second) !== 0 || lastLabel(first) !== lastLabel(second)) return false;
  const domain = registrableDomain(first, owners);
  return domain !== null && domain === registrableDomain(second, owners);
}

function lastLabel(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** As it goes over the wire: the list has both spellings, but two names may be spelled differently. */
function spelled(host: string): string {
  const name = host.toLowerCase().replace(/\.$/, '');
  return familyOf(name) !== 0 ? name : domainToASCII(name) || name;
}

/** The host of a URL, an address of IPv6 without its brackets; null for what is no URL. */
export function hostOf(url: string): string | null {
  return URL.canParse(url) ? unbracketed(new URL(url).hostname) : null;
}

import type { GathererHead } from '../../model/gatherer.js';
import { pageUrl, type Target } from '../../model/target.js';

/**
 * What this user's browsers have that can stop or turn the page: extensions, policies, pins to HTTPS, proxies. Read as
 * data; nothing is started or written. As root only the policies: profiles belong to users.
 */
export const browsersHead: GathererHead<'device.browsers'> = {
  fact: 'device.browsers',
  needs: [],
  base: true,
  cost: 'local',
  platforms: ['linux'],
  privilege: 'none',
  when: ({ target }, { options }) => {
    if (!options.browser) return 'no browser was asked for';
    return pageOf(target) === null ? 'it is no web page' : null;
  },
};

/** The page as a browser would open it; null for anything else. */
export function pageOf(target: Target): URL | null {
  if (target.scheme !== 'http' && target.scheme !== 'https') return null;
  try {
    return new URL(pageUrl(target));
  } catch {
    return null;
  }
}

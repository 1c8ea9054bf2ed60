import type { Verdict } from '../model/report.js';
import type { System } from '../model/system.js';
import { clean } from '../report/clean.js';

/** Shown whole: what is cut off cannot be opened. */
const longestPage = 2_000;

/**
 * A page of this network's login portal, as an address for a browser: http or https, without a login, and whole. Null of all
 * else: it comes from the network, which may say anything.
 */
export function portalPage({ cause, culprit }: Verdict): string | null {
  if (cause !== 'captive-portal' || culprit?.kind !== 'portal') return null;
  const url = URL.parse(culprit.name ?? '');
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  if (url.username !== '' || url.password !== '' || url.hostname === '' || url.href.length > longestPage) return null;
  return url.href;
}

/** Opens it in the user's own browser; false where there is no desktop to do so, or for root, who opens no browser. */
export async function openPortal(page: string, { run, identity, environment }: System): Promise<boolean> {
  const hasDesktop = ['WAYLAND_DISPLAY', 'DISPLAY'].some((name) => (environment(name) ?? '') !== '');
  if (!hasDesktop || identity.root) return false;
  return (await run('xdg-open', [page], { timeoutMs: 10_000 })).exit === 0;
}

export function portalText(page: string, isOpened: boolean): string {
  const words = isOpened
    ? 'The login page of this network was opened in your browser'
    : 'The login page of this network';
  return `  ${words}: ${clean(page, longestPage)}\n  Log in there; nothing was changed on this computer.\n`;
}

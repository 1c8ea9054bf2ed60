import type { Context, GathererHead } from '../../model/gatherer.js';

/** Desktops whose settings browsers take (Chromium, net/proxy_resolution/proxy_config_service_linux.cc). */
const gnomeLike = /^(?:gnome|unity|x-cinnamon|cinnamon|deepin|pantheon|ukui|budgie)$/i;
const kde = /^(?:kde|plasma)$/i;

/** Variables that go before the desktop's settings, here as in curl. */
const variables = ['http_proxy', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];

/**
 * The proxy that the user's desktop sets for browsers, where this runs in a desktop session and no variable sets another.
 * Never as root: the files belong to a user.
 */
export const desktopHead: GathererHead<'proxy.desktop'> = {
  fact: 'proxy.desktop',
  needs: [],
  base: true,
  cost: 'local',
  platforms: ['linux'],
  privilege: 'none',
  when: ({ target }, context) => {
    if (context.options.proxy !== null) return 'the proxy was said on the command line';
    if (!/^(?:https?|wss?)$/.test(target.scheme)) return 'desktops set proxies for web pages only';
    if (context.system.identity.root) return 'the settings belong to a user';
    if (variables.some((name) => (context.system.environment(name) ?? '') !== '')) return 'variables set a proxy';
    return desktopOf(context) === null ? 'no desktop session whose settings browsers take' : null;
  },
};

export function desktopOf({ system }: Context): 'GNOME' | 'KDE' | null {
  const names = (system.environment('XDG_CURRENT_DESKTOP') ?? '').split(':', 8);
  if (names.some((name) => gnomeLike.test(name))) return 'GNOME';
  if (names.some((name) => kde.test(name)) || system.environment('KDE_FULL_SESSION') === 'true') return 'KDE';
  return null;
}

import { object, text, type Json } from '../json.js';
import { linesOf, type Reader, type Reading, type Written } from './found.js';

/**
 * prefs.js of Firefox. `network.proxy.type` (nsIProtocolProxyService): 0 none, 1 as set, 2 by a script, 4 by a script that is
 * looked for, 5 and nothing as the desktop sets it.
 */
export const readFirefox: Reader = (file, path) => {
  const preferences = new Map<string, { readonly value: string; readonly location: string }>();
  for (const [index, line] of linesOf(file).entries()) {
    const [, name = '', quoted, bare] =
      /^user_pref\("network\.proxy\.([\w.]{1,60})", (?:"((?:[^"\\]|\\.){0,2000})"|(\w{1,20}))\);/.exec(line) ?? [];
    if (name !== '') preferences.set(name, { value: quoted ?? bare ?? '', location: `${path}:${index + 1}` });
  }
  const type = preferences.get('type');
  const typed = { name: 'network.proxy.type', location: type?.location ?? path };
  if (type?.value === '0') return { written: [], exempts: [{ ...typed, text: '*' }] };
  if (type?.value === '4') return { written: [], detect: { ...typed, dhcp: false } };
  const script = preferences.get('autoconfig_url');
  if (type?.value === '2' && script)
    return { written: [], scripts: [{ url: script.value, location: script.location }] };
  if (type?.value !== '1') return { written: [] };
  const of = (kind: string, name: string, scheme: string): Written[] => {
    const host = preferences.get(kind);
    const port = preferences.get(`${kind}_port`)?.value ?? '';
    if (!host || host.value === '' || Number(port) === 0) return [];
    return [{ name, location: host.location, text: `${scheme}://${host.value}:${port}` }];
  };
  const version = preferences.get('socks_version')?.value === '4' ? 'socks4' : 'socks5h';
  const without = preferences.get('no_proxies_on');
  return {
    written: [
      ...of('ssl', 'network.proxy.ssl (https)', 'http'),
      ...of('http', 'network.proxy.http', 'http'),
      ...of('socks', 'network.proxy.socks', version),
    ],
    exempts: without ? [{ name: 'network.proxy.no_proxies_on', location: without.location, text: without.value }] : [],
  };
};

/** `proxy` in a profile of Chromium's kind (components/proxy_config). */
export function readChromiumProfile(preferences: Json, path: string): Reading {
  const proxy = object(preferences['proxy']);
  return chromium(text(proxy['mode'], 40), text(proxy['server'], 2048), text(proxy['pac_url'], 2048), {
    name: 'proxy.mode',
    location: path,
    without: text(proxy['bypass_list'], 4000),
  });
}

/** ProxyMode and its relatives of an administrator's policy, alone or together in ProxySettings. */
export function readChromiumPolicy(policy: Json, path: string): Reading {
  const together = object(policy['ProxySettings']);
  const settings = Object.keys(together).length > 0 ? together : policy;
  const mode = text(settings['ProxyMode'], 40);
  return chromium(mode, text(settings['ProxyServer'], 2048), text(settings['ProxyPacUrl'], 2048), {
    name: 'ProxyMode',
    location: path,
    without: text(settings['ProxyBypassList'], 4000),
  });
}

function chromium(
  mode: string,
  servers: string,
  script: string,
  { name, location, without }: { readonly name: string; readonly location: string; readonly without: string },
): Reading {
  if (mode === 'direct') return { written: [], exempts: [{ name, location, text: '*' }] };
  if (mode === 'auto_detect') return { written: [], detect: { name, location, dhcp: false } };
  if (mode === 'pac_script' && script !== '') return { written: [], scripts: [{ url: script, location }] };
  if (mode !== 'fixed_servers') return { written: [] };
  // `proxy:3128`, or `http=a:80;https=b:443`; more than one are alternatives.
  const written = servers.split(';', 8).flatMap((piece): Written[] => {
    const [, scheme, list = ''] = /^\s*(?:(https?|socks|ftp)=)?(\S+)\s*$/.exec(piece) ?? [];
    const server = list.split(',', 1)[0] ?? '';
    if (server === '' || scheme === 'ftp') return [];
    const given = scheme === 'socks' && !server.includes('://') ? `socks4://${server}` : server;
    return [
      {
        name: scheme === undefined ? name : `${name} ${scheme}`,
        location,
        text: given.replace(/^socks5:/, 'socks5h:'),
      },
    ];
  });
  return { written, exempts: without === '' ? [] : [{ name: `${name} (bypass)`, location, text: without }] };
}

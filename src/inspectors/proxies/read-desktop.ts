import { hostPort } from '../../model/address.js';
import { linesOf, type Reader, type Reading, unquoted, type Written } from './found.js';

interface Entry {
  readonly value: string;
  readonly location: string;
}

/** GNOME's settings in keyfiles of dconf: `[system/proxy/https]`, `host='proxy'`, `port=3128`. */
export const readDconf: Reader = (text, path) => {
  const entries = new Map<string, Entry>();
  for (const { section, key, value, line } of keysOf(text)) {
    const [, kind = ''] = /^system\/proxy(?:\/(http|https|socks|ftp))?$/.exec(section) ?? [];
    if (/^system\/proxy\b/.test(section)) entries.set(`${kind}/${key}`, { value, location: `${path}:${line}` });
  }
  return gnome(entries);
};

/** The same as the program gsettings lists it for a user: `org.gnome.system.proxy.https host 'proxy'`. */
export const readGsettings: Reader = (text) => {
  const entries = new Map<string, Entry>();
  for (const line of linesOf(text)) {
    const [, kind = '', key = '', value = ''] =
      /^org\.gnome\.system\.proxy(?:\.(http|https|socks|ftp))? ([\w-]+) (.*)$/.exec(line) ?? [];
    if (key !== '') entries.set(`${kind}/${key}`, { value: unquoted(value), location: 'GNOME settings' });
  }
  return gnome(entries);
};

/** Settings of `/system/proxy/` by the rest of their path: `mode`, `https/host`. */
export function readGnome(settings: ReadonlyMap<string, string>, location: string): Reading {
  const entries = [...settings].map(([key, value]): [string, Entry] => [
    key.includes('/') ? key : `/${key}`,
    { value, location },
  ]);
  return gnome(new Map(entries));
}

function gnome(entries: ReadonlyMap<string, Entry>): Reading {
  const chosen = entries.get('/mode');
  const mode = chosen?.value;
  const script = entries.get('/autoconfig-url');
  if (mode === 'auto' && script && script.value !== '') {
    return { written: [], scripts: [{ url: script.value, location: script.location }] };
  }
  // Without an address libproxy asks for http://wpad/wpad.dat, and Chromium too (g_settings, auto_detect).
  if (mode === 'auto' && chosen) {
    return {
      written: [],
      detect: { name: 'org.gnome.system.proxy mode', location: chosen.location, dhcp: false },
    };
  }
  if (mode !== 'manual') return { written: [] };
  const written = ['https', 'http', 'socks'].flatMap((kind): Written[] => {
    const host = entries.get(`${kind}/host`);
    const port = Number(entries.get(`${kind}/port`)?.value ?? 0);
    if (!host || host.value === '' || !(port > 0)) return [];
    const text = `${kind === 'socks' ? 'socks5h' : 'http'}://${hostPort(host.value, port)}`;
    return [{ name: `org.gnome.system.proxy.${kind}`, location: host.location, text }];
  });
  const ignored = entries.get('/ignore-hosts');
  return {
    written,
    ...(ignored && {
      without: {
        name: 'org.gnome.system.proxy ignore-hosts',
        location: ignored.location,
        // gsettings prints a list: ['localhost', '127.0.0.0/8']
        list: ignored.value.replace(/[[\]'"\s]+/g, ' '),
      },
    }),
  };
}

/** KDE's kioslaverc: `httpsProxy=http://proxy 3128`, with a space where URLs have a colon. */
export const readKde: Reader = (text, path) => {
  const entries = new Map<string, Entry>();
  for (const { section, key, value, line } of keysOf(text)) {
    if (section === 'Proxy Settings') entries.set(key, { value, location: `${path}:${line}` });
  }
  // KProtocolManager::ProxyType: 1 manual, 2 by script, 3 by a script that is looked for.
  const chosen = entries.get('ProxyType');
  const type = chosen?.value;
  const script = entries.get('Proxy Config Script');
  if (type === '2' && script && script.value !== '') {
    return { written: [], scripts: [{ url: script.value, location: script.location }] };
  }
  // KDE's own programs ask DHCP first (kio, kpac/discovery.cpp); Chromium asks for the name alone.
  if (type === '3' && chosen)
    return { written: [], detect: { name: 'ProxyType', location: chosen.location, dhcp: true } };
  if (type !== '1') return { written: [] };
  const written = ['httpsProxy', 'httpProxy', 'socksProxy'].flatMap((name): Written[] => {
    const entry = entries.get(name);
    if (!entry || entry.value === '') return [];
    const text = entry.value.trim().replace(/\s+(\d+)$/, ':$1');
    return [
      { name, location: entry.location, text: name === 'socksProxy' ? text.replace(/^socks:/, 'socks5h:') : text },
    ];
  });
  const exempt = entries.get('NoProxyFor');
  return {
    written,
    ...(exempt && { without: { name: 'NoProxyFor', location: exempt.location, list: exempt.value } }),
  };
};

function keysOf(text: string): { section: string; key: string; value: string; line: number }[] {
  let section = '';
  return linesOf(text).flatMap((line, index) => {
    section = /^\s*\[([^\]]*)\]\s*$/.exec(line)?.[1]?.trim() ?? section;
    const [, key = '', value = ''] = /^\s*([A-Za-z][\w -]*?)\s*=\s*(.*)$/.exec(line) ?? [];
    return key === '' || /^\s*#/.test(line) ? [] : [{ section, key, value: unquoted(value), line: index + 1 }];
  });
}

import { settingOf } from './choose-proxy.js';
import type { ProxyScript, ProxySetting } from './proxy-facts.js';

const mostEntries = 8;

/** What browsers speak to each kind of entry (Chromium's proxy_chain docs; Firefox takes SOCKS for version 4 as well). */
const spoken: Readonly<Record<string, { readonly scheme: string; readonly port: number }>> = {
  PROXY: { scheme: 'http', port: 80 },
  HTTP: { scheme: 'http', port: 80 },
  HTTPS: { scheme: 'https', port: 443 },
  SOCKS: { scheme: 'socks4', port: 1080 },
  SOCKS4: { scheme: 'socks4', port: 1080 },
  SOCKS5: { scheme: 'socks5h', port: 1080 },
};

/**
 * The entries of a PAC script's answer in their order: `PROXY a:8080; SOCKS b:1080; DIRECT`. Null stands for DIRECT.
 * What is no entry is left out, as browsers do.
 */
export function entriesOfPac(text: string, { url, location, found }: ProxyScript): (ProxySetting | null)[] {
  return text.split(';', mostEntries).flatMap((piece) => {
    const [, kind = '', place = ''] = /^\s*([A-Za-z0-9]+)(?:\s+(\S+))?\s*$/.exec(piece) ?? [];
    if (/^direct$/i.test(kind)) return [null];
    const how = spoken[kind.toUpperCase()];
    if (!how || place === '') return [];
    const port = /:\d+$/.test(place) && !/^[^[]*:.*:/.test(place) ? '' : `:${how.port}`;
    const setting = settingOf('PAC script', `${url} (${location})`, `${how.scheme}://${place}${port}`);
    return [found === undefined ? setting : { ...setting, found }];
  });
}

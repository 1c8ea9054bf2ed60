// The provider's proxy, on the machine of its resolver, and a network from which nothing else gets out.
import type { ProxyService, Services, Zone } from '../services/description.js';
import { dns, NAMES } from './internet.js';
import { nft, type Step } from './steps.js';
import { ADDRESS } from './topology.js';

export const PROXY_NAME = 'proxy.example.net';
export const PROXY_NAMES: Zone = { [PROXY_NAME]: { A: [ADDRESS.resolver] } };
export const PROXY_URL = `http://${PROXY_NAME}:3128`;
/** What the proxy of the cycles forbids: a name of the usual server that no other cycle asks for. */
export const FORBIDDEN_BY_PROXY = 'alias.example.com';
export const SOCKS_URL = `socks5h://${ADDRESS.resolver}:1080`;

/** The resolver's machine with a proxy beside it. */
export function withProxy(more: Partial<ProxyService> = {}): Services {
  return [
    // A zone of its own: a scenario's `names` reach only the usual one.
    dns(undefined, { ...NAMES, ...PROXY_NAMES }),
    { kind: 'proxy', port: 3128, speaks: 'http', resolver: ADDRESS.resolver, addresses: [ADDRESS.resolver], ...more },
  ];
}

export function withSocks(more: Partial<ProxyService> = {}): Services {
  return withProxy({ port: 1080, speaks: 'socks5', ...more });
}

export const PAC_URL = `http://${PROXY_NAME}/proxy.pac`;

/** The proxy's machine serves a script that chooses it, as companies do. */
export function withPac(script: string): Services {
  const type = 'Content-Type: application/x-ns-proxy-autoconfig';
  const routes = { '/proxy.pac': { status: '200 OK', headers: [type], body: script } };
  return [...withProxy(), { kind: 'http', port: 80, routes, addresses: [ADDRESS.resolver] }];
}

/** A session of KDE's desktop, whose settings browsers take. */
export const KDE_SESSION = { XDG_CURRENT_DESKTOP: 'KDE' } as const;

/** KDE's settings for everybody: a script chooses. */
export const KDE_BY_SCRIPT = `[Proxy Settings]\nProxyType=2\nProxy Config Script=${PAC_URL}\n`;

/** KDE's settings for everybody: a script is looked for. */
export const KDE_LOOKS_FOR_IT = '[Proxy Settings]\nProxyType=3\n';
const WPAD_DOMAIN = 'corp.example.net';
/** What the router's DHCP sets in a network that has such a script: its domain. */
export const RESOLV_CONF_WITH_DOMAIN = `# written by the router's DHCP\nsearch ${WPAD_DOMAIN}\nnameserver ${ADDRESS.resolver}\n`;

/** The proxy's machine is called wpad too, and serves a script. */
export function withWpad(script: string): Services {
  const type = 'Content-Type: application/x-ns-proxy-autoconfig';
  const routes = { '/wpad.dat': { status: '200 OK', headers: [type], body: script } };
  const names = { ...NAMES, ...PROXY_NAMES, [`wpad.${WPAD_DOMAIN}`]: { A: [ADDRESS.resolver] } };
  const [, proxy] = withProxy();
  return [
    dns(undefined, names),
    ...(proxy ? [proxy] : []),
    { kind: 'http', port: 80, routes, addresses: [ADDRESS.resolver] },
  ];
}

/** The home router lets out nothing but what goes to the proxy's machine. */
export const ONLY_PROXY_GETS_OUT: Step = nft(
  'home',
  `table inet lab {
 chain forward {
  type filter hook forward priority 0; policy accept;
  iifname "lan" ip daddr != ${ADDRESS.resolver} drop
  iifname "lan" ip6 daddr != ${ADDRESS.resolver6} drop
 }
}
`,
);

// Proxies: settings of the device, and what the proxy itself does.
import type { ProxyService } from '../../services/description.js';
import type { Draft } from '../world/draft.js';
import { matchOf, nftStop } from '../world/rule.js';
import type { Faults } from './fault.js';

const WAYS = [
  'works',
  'dead port',
  'no such host',
  'forbids',
  'wants login',
  'silent',
  'hangs up',
  'web server',
  'filtered',
] as const;

function throughProxy(draft: Draft): string | null {
  const { random, network, aim } = draft;
  if (aim.scheme === 'tcp' || aim.literal || network.resolverOn !== 'resolver') return null;
  const [family = 4] = network.families;
  const address = network.resolver[family];
  const written = family === 6 ? `[${address}]` : address;
  const way = random.pick(WAYS);
  const more: Partial<ProxyService> = {
    ...(way === 'forbids' ? { forbids: [aim.host] } : {}),
    ...(way === 'wants login' ? { login: { user: 'anna', password: 'secret' } } : {}),
    ...(way === 'silent' ? { silent: true as const } : {}),
    ...(way === 'hangs up' ? { hangsUp: true as const } : {}),
  };
  const port = way === 'dead port' ? 8118 : 3128;
  if (way === 'web server') {
    draft.services.resolver = [
      ...(draft.services.resolver ?? []),
      { kind: 'http', port: 3128, routes: { '*': { status: '404 Not Found', body: 'no such page\n' } } },
    ];
  } else {
    draft.services.resolver = [
      ...(draft.services.resolver ?? []),
      { kind: 'proxy', port: 3128, speaks: 'http', resolver: network.resolver[4], ...more },
    ];
  }
  if (way === 'filtered')
    draft.steps.push(nftStop(random, 'resolver', 'input', { ...matchOf(draft, 'port'), port: 3128 }, 'drop'));
  const nowhere = family === 6 ? '[2001:db8:113:53::61]' : '203.0.113.61';
  draft.environment[aim.scheme === 'https' ? 'https_proxy' : 'http_proxy'] =
    `http://${way === 'no such host' ? nowhere : written}:${port}`;
  return `proxy ${way}`;
}

export const proxies: Faults = [[2, throughProxy]];

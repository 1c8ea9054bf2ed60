import { both, failed, scenario } from '../../scenario.js';
import { KDE_BY_SCRIPT, ONLY_PROXY_GETS_OUT, PAC_URL, PROXY_NAMES, PROXY_URL, withPac } from '../../world/proxies.js';

const script = `// for everybody
function FindProxyForURL(url, host) {
  if (isPlainHostName(host) || dnsDomainIs(host, '.intra.example.net')) return 'DIRECT';
  return 'PROXY ${PROXY_URL.replace('http://', '')}; DIRECT';
}
`;

export default scenario({
  id: 'proxy-required-by-script',
  side: 'network',
  title: 'Only the proxy gets out; the desktop chooses it by a PAC script, which this program does not run by itself',
  target: 'https://four.example.com/',
  shows: 'proxy-required',
  nearly: ['internet-down', 'dropped-on-path', 'server-firewall'],
  names: PROXY_NAMES,
  services: { resolver: withPac(script) },
  files: { xdg: { kioslaverc: KDE_BY_SCRIPT } },
  break: [ONLY_PROXY_GETS_OUT],
  expect: both(
    failed('proxy-required', {
      side: 'local-network',
      stage: 'proxy',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'setting', name: 'PAC script', location: `${PAC_URL} (/etc/xdg/kioslaverc:3)` },
      innocent: ['internet-down', 'dropped-on-path'],
    }),
  ),
  needs: ['nft'],
});

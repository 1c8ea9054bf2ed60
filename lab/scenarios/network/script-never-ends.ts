import { failed, scenario, undetermined } from '../../scenario.js';
import { KDE_BY_SCRIPT, ONLY_PROXY_GETS_OUT, PROXY_NAMES, withPac } from '../../world/proxies.js';

// Whether the network wants a proxy cannot be told then: that everything is down fits as well.
const answers = [
  undetermined(['internet-down']),
  failed('internet-down', { certainty: { atMost: 'likely' } }),
] as const;

export default scenario({
  id: 'script-never-ends',
  side: 'network',
  title: 'Only the proxy gets out, and the PAC script that would name it loops for ever',
  target: 'https://four.example.com/',
  shows: 'undetermined',
  nearly: ['proxy-required'],
  names: PROXY_NAMES,
  services: { resolver: withPac('function FindProxyForURL() { for (;;); }\n') },
  files: { xdg: { kioslaverc: KDE_BY_SCRIPT } },
  break: [ONLY_PROXY_GETS_OUT],
  expect: { root: { anyOf: answers }, user: { anyOf: answers } },
  needs: ['nft'],
});

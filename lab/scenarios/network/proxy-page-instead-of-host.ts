import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { PROXY_NAMES, PROXY_URL, withProxy } from '../../world/proxies.js';
import { ADDRESS } from '../../world/topology.js';

// Its near miss is device/proxy-is-web-server, where the same words come for every host.
export default scenario({
  id: 'proxy-page-instead-of-host',
  side: 'network',
  title: 'The proxy gives a page of its own, with 200, where a connection to this one site was asked for',
  target: 'https://four.example.com/',
  environment: { https_proxy: PROXY_URL },
  shows: 'proxy-refuses',
  nearly: ['proxy-misconfigured'],
  names: PROXY_NAMES,
  services: { resolver: withProxy({ forbids: ['four.example.com'], forbidsByPage: true }) },
  break: [],
  expect: both(
    failed('proxy-refuses', {
      stage: 'proxy',
      ...onlyLikely,
      culprit: { kind: 'proxy', name: 'https_proxy', location: 'environment', address: ADDRESS.resolver },
      innocent: ['proxy-misconfigured'],
    }),
  ),
});

import { both, failed, likely, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { PROXY_NAMES, PROXY_URL, withProxy } from '../../world/proxies.js';

export default scenario({
  id: 'proxy-for-localhost',
  side: 'device',
  title: 'A page of this device is asked of the proxy, to which localhost is another computer',
  target: 'http://localhost:3000/',
  environment: { http_proxy: PROXY_URL },
  shows: 'proxy-misconfigured',
  nearly: ['proxy-refuses', 'nothing-listening', 'gateway-upstream-down'],
  names: PROXY_NAMES,
  services: { resolver: withProxy(), device: [http(undefined, 3000)] },
  break: [],
  expect: both(
    failed('proxy-misconfigured', {
      side: 'this-device',
      stage: ['proxy', 'http'],
      ...likely,
      culprit: { kind: 'setting', name: 'http_proxy', location: 'environment' },
      innocent: ['nothing-listening'],
    }),
  ),
});

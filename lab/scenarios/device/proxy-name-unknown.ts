import { both, failed, scenario, sure } from '../../scenario.js';

export default scenario({
  id: 'proxy-name-unknown',
  side: 'device',
  title: 'The name of the proxy does not exist; the target itself works',
  target: 'https://shop.example.com/',
  environment: { HTTPS_PROXY: 'http://proxy.nowhere.example.com:3128' },
  shows: 'proxy-misconfigured',
  nearly: ['name-does-not-exist', 'proxy-unreachable', 'resolver-failing'],
  break: [],
  expect: both(
    failed('proxy-misconfigured', {
      side: 'this-device',
      stage: 'proxy',
      ...sure,
      culprit: { kind: 'setting', name: 'HTTPS_PROXY', location: 'environment' },
      innocent: ['name-does-not-exist', 'proxy-unreachable'],
    }),
  ),
});

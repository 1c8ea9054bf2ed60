import { both, failed, scenario, sure } from '../../scenario.js';

export default scenario({
  id: 'proxy-url-unusable',
  side: 'device',
  title: 'The variable holds a scheme that no proxy has',
  target: 'https://shop.example.com/',
  environment: { https_proxy: 'ftp://proxy.example.net:3128' },
  shows: 'proxy-misconfigured',
  nearly: ['proxy-unreachable', 'name-does-not-exist'],
  break: [],
  expect: both(
    failed('proxy-misconfigured', {
      side: 'this-device',
      stage: 'proxy',
      ...sure,
      culprit: { kind: 'setting', name: 'https_proxy', location: 'environment' },
    }),
  ),
});

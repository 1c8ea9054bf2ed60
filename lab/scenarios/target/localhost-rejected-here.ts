import { failed, likely, scenario, sure } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'localhost-rejected-here',
  side: 'target',
  title: 'The service listens on localhost here as well as elsewhere, and a rule of this device refuses it',
  target: 'http://127.0.0.1:18712/',
  shows: 'local-firewall',
  nearly: ['loopback-of-other-namespace', 'nothing-listening'],
  services: { device: [http(undefined, 18712)], home: [http(undefined, 18712)] },
  break: [filterRule('device', 'output', 'oifname "lo" tcp dport 18712 reject with tcp reset', { labelText: '18712' })],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      ...sure,
      innocent: ['loopback-of-other-namespace', 'nothing-listening'],
    }),
    user: failed('local-firewall', {
      side: 'this-device',
      ...likely,
      innocent: ['loopback-of-other-namespace', 'nothing-listening'],
    }),
  },
  needs: ['nft'],
});

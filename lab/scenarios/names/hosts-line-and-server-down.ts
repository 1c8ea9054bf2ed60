import { both, failed, scenario, undetermined } from '../../scenario.js';
import { ssh } from '../../world/internet.js';
import { USUAL_HOSTS } from '../../world/device-files.js';

// Two faults: taking the line away alone would not help, so that the line is the reason is not proven.
export default scenario({
  id: 'hosts-line-and-server-down',
  side: 'names',
  title: 'A hosts line leads to a dead address, and the address that DNS gives is closed too',
  target: 'https://shop.example.com/',
  shows: 'hosts-file-override',
  nearly: ['host-down', 'nothing-listening'],
  files: { hosts: `${USUAL_HOSTS}198.51.100.99 shop.example.com\n` },
  services: { server: [ssh()] },
  break: [],
  expect: both({
    anyOf: [
      failed(['hosts-file-override', 'host-down', 'unreachable-by-hop'], { certainty: { atMost: 'likely' } }),
      undetermined(['hosts-file-override']),
    ],
  }),
});

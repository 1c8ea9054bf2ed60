import { failed, likely, onlyLikely, scenario, undetermined } from '../../scenario.js';
import { ADDRESS } from '../../world/topology.js';
import { USUAL_HOSTS } from '../../world/device-files.js';

export default scenario({
  id: 'hosts-line-innocent',
  side: 'names',
  title: 'The line in /etc/hosts gives the right address; the port is closed',
  target: 'https://shop.example.com:8443/',
  shows: 'nothing-listening',
  nearly: ['hosts-file-override'],
  files: { hosts: `${USUAL_HOSTS}${ADDRESS.server} shop.example.com\n` },
  break: [],
  expect: {
    root: { anyOf: [failed('nothing-listening', { side: 'server', ...likely, innocent: ['hosts-file-override'] })] },
    user: {
      anyOf: [
        failed('nothing-listening', { side: 'server', ...onlyLikely, innocent: ['hosts-file-override'] }),
        undetermined(['nothing-listening'], { innocent: ['hosts-file-override'] }),
      ],
    },
  },
});

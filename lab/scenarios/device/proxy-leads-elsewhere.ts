import { both, scenario, undetermined } from '../../scenario.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'proxy-leads-elsewhere',
  side: 'device',
  title: 'The proxy is said to be on port 80 of a web server that leads everybody to another of its names',
  target: 'https://four.example.com/',
  environment: { https_proxy: `http://${ADDRESS.server}:80` },
  shows: 'proxy-misconfigured',
  nearly: ['proxy-refuses', 'proxy-unreachable'],
  break: [],
  // A proxy that leads what it forbids to a page of its own would look the same.
  expect: both(undetermined(['proxy-misconfigured', 'proxy-refuses'])),
});

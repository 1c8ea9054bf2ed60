import { both, scenario } from '../../scenario.js';
import { NAMES, dns, http } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

// Routers have names for their own pages as well (`routerlogin.net`), so that it may be what was meant.
export default scenario({
  id: 'led-to-the-router-page',
  side: 'names',
  title: 'The home router leads a name to itself, and a page of its own comes',
  target: 'http://four.example.com/',
  shows: 'name-filtered',
  nearly: ['captive-portal'],
  services: { home: [dns(undefined, { ...NAMES, 'four.example.com': { A: [ADDRESS.home] } }), http()] },
  files: { resolvConf: `nameserver ${ADDRESS.home}\n` },
  break: [],
  expect: both({
    outcome: 'reachable',
    cause: 'reachable',
    certainty: { atMost: 'likely' },
    evidence: /from the router of this network/,
  }),
});

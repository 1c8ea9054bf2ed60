import { both, failed, likely, scenario } from '../../scenario.js';
import { unbound } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'aliases-in-a-circle-fail',
  side: 'names',
  title: 'The name is an alias of an alias of itself, on which the real Unbound of the provider fails (SERVFAIL)',
  target: 'https://loop.example.com/',
  shows: 'name-has-no-address',
  nearly: ['resolver-failing'],
  services: { resolver: [] },
  names: { 'loop.example.com': { CNAME: 'loop2.example.com' }, 'loop2.example.com': { CNAME: 'loop.example.com' } },
  break: [
    unbound(
      'resolver',
      `server:\n interface: ${ADDRESS.resolver}\n access-control: 0.0.0.0/0 allow\n module-config: "iterator"\n do-not-query-localhost: no\nforward-zone:\n name: "."\n forward-addr: ${ADDRESS.referenceResolver}\n`,
    ),
  ],
  expect: both(
    failed('name-has-no-address', {
      side: 'server',
      stage: 'name',
      ...likely,
      culprit: { kind: 'zone', name: 'example.com' },
      innocent: ['resolver-failing', 'dns-answer-forged', 'dnssec-bogus'],
    }),
  ),
  needs: ['unbound'],
});

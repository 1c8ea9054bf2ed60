import { both, failed, scenario, undetermined } from '../../scenario.js';
import { NAMES, dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'split-horizon',
  side: 'names',
  title: "A company's name is known to its own name server alone, and the provider's is asked first",
  target: 'https://intranet.example.com/',
  shows: 'name-does-not-exist',
  nearly: ['name-filtered', 'dns-answer-forged', 'stale-dns-cache', 'resolver-failing'],
  files: { resolvConf: `nameserver ${ADDRESS.resolver}\nnameserver ${ADDRESS.home}\n` },
  services: { home: [dns(undefined, { ...NAMES, 'intranet.example.com': { A: ['10.20.30.40'] } })] },
  break: [],
  expect: both({
    anyOf: [
      failed('name-does-not-exist', {
        side: 'this-device',
        stage: 'name',
        certainty: { atMost: 'likely' },
        culprit: { kind: 'setting', location: '/etc/resolv.conf:1' },
        innocent: ['name-filtered', 'dns-answer-forged', 'stale-dns-cache'],
      }),
      undetermined(['name-does-not-exist'], { innocent: ['name-filtered', 'dns-answer-forged'] }),
    ],
  }),
});

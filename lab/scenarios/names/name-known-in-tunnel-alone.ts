import { failed, scenario } from '../../scenario.js';
import { COMPANY_RESOLVER, companyVpn, INSIDE, INSIDE_SERVER, WG_QUICK_DNS } from '../../world/wireguard.js';

export default scenario({
  id: 'name-known-in-tunnel-alone',
  side: 'names',
  title: "The VPN is up and its name server knows the name, and this computer asks the provider's alone",
  target: `http://${INSIDE.name}/`,
  shows: 'name-does-not-exist',
  nearly: ['resolver-failing'],
  services: { edge: COMPANY_RESOLVER, server: INSIDE_SERVER },
  break: [WG_QUICK_DNS, ...companyVpn()],
  expect: {
    root: failed('name-does-not-exist', {
      side: 'this-device',
      stage: 'name',
      certainty: { atLeast: 'proven' },
      culprit: {
        kind: 'resolver',
        address: INSIDE.resolver,
        location: '/etc/wireguard/wg0.conf:3',
        owner: 'WireGuard',
      },
      evidence: /10\.8\.0\.1 gives 10\.9\.0\.5/,
    }),
    // The file with the name server is root's.
    user: failed('name-does-not-exist', { evidence: /only root may read/ }),
  },
  needs: ['wireguard', 'tun'],
});

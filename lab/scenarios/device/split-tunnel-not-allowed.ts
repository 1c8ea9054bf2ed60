import { failed, onlyLikely, scenario, undetermined } from '../../scenario.js';
import { COMPANY_RESOLV_CONF, COMPANY_RESOLVER, companyVpn, INSIDE, INSIDE_SERVER } from '../../world/wireguard.js';

export default scenario({
  id: 'split-tunnel-not-allowed',
  side: 'device',
  title: 'The route leads into the tunnel, and WireGuard takes only the network of its other end (AllowedIPs)',
  target: `http://${INSIDE.name}/`,
  shows: 'vpn-blocks',
  nearly: ['host-down', 'server-firewall', 'dropped-on-path'],
  services: { edge: COMPANY_RESOLVER, server: INSIDE_SERVER },
  files: { resolvConf: COMPANY_RESOLV_CONF },
  break: companyVpn({ allowed: ['10.8.0.0/24'] }),
  expect: {
    root: failed('vpn-blocks', {
      side: 'this-device',
      certainty: { atLeast: 'likely' },
      culprit: { kind: 'interface', name: 'wg0', owner: 'WireGuard' },
      evidence: /10\.8\.0\.0\/24/,
      innocent: ['host-down', 'server-firewall', 'dropped-on-path'],
    }),
    // What WireGuard takes only root may ask.
    user: {
      anyOf: [failed('vpn-blocks', { ...onlyLikely }), undetermined(['vpn-blocks'], { innocent: ['local-firewall'] })],
    },
  },
  needs: ['wireguard', 'tun'],
});

// A network that names its portal (RFC 8910), and what that portal says when it is asked (RFC 8908).
import type { Answer, HttpsService, Zone } from '../services/description.js';
import { https } from './internet.js';
import { labProgram } from './places.js';
import { type DaemonStep, dnsmasq, nft, type Step } from './steps.js';
import { ADDRESS } from './topology.js';

/** Where the portal's API is to be asked, in scenarios. */
export const PORTAL_API = 'https://portal.guests.example/api/v1?site=7';
export const PORTAL_NAMES: Zone = { 'portal.guests.example': { A: [ADDRESS.home] } };

/** The API's service on the router. */
export function portalApi(answer: object | Answer, port = 443): HttpsService {
  const whole: Answer =
    'status' in answer
      ? answer
      : { status: '200 OK', headers: ['Content-Type: application/captive+json'], body: JSON.stringify(answer) };
  return https({ names: ['portal.guests.example'] }, whole, port);
}

/** What the API says of one who has yet to log in. */
export const captive = {
  captive: true,
  'user-portal-url': 'https://portal.guests.example/welcome',
  'seconds-remaining': 0,
  'can-extend-session': true,
};

/**
 * dhclient on the device has a lease from the router's dnsmasq, which names the portal (or by option 252 a script that
 * chooses a proxy) unasked, as access points do; its
 * lease file is where Debian has it (`world.ts` shows it to the command). The addresses of the device stay as they are.
 */
export function lease(url: string, { device = 'eth0', option = 114 } = {}): Step[] {
  const server: DaemonStep = {
    do: 'daemon',
    on: 'home',
    line: [
      'dnsmasq', '--keep-in-foreground', '--log-facility=-', '--conf-file=/dev/null', '--no-hosts', '--no-resolv', '--user=root',
      '--pid-file=', '--port=0', '--bind-interfaces', '--interface=lan', '--no-ping', '--dhcp-authoritative',
      '--dhcp-leasefile={dir}/leases', `--dhcp-range=${ADDRESS.device},${ADDRESS.device},255.255.255.0,1h`,
      `--dhcp-option-force=${option},${url}`,
    ],
    ready: { says: 'started' },
  }; // prettier-ignore
  const file = `{world}/dhcp/dhclient.${device}.leases`;
  return [
    server,
    { do: 'run', on: 'device', line: ['mkdir', '-p', '-m', '755', '{world}/dhcp'] },
    {
      do: 'daemon',
      on: 'device',
      // As short as it goes: the first question may be put off for a while, so that not all devices ask at once.
      files: { conf: 'initial-interval 1;\nbackoff-cutoff 1;\n' },
      line: ['dhclient', '-1', '-4', '-d', '-sf', '/bin/true', '-cf', '{dir}/conf', '-lf', file, '-pf', '{dir}/pid', 'eth0'],
      ready: { says: 'bound to' },
    },
  ]; // prettier-ignore
}

/** The router says it in advertisements, to whoever asks for one (RFC 8910, 2.3). */
export function advertised(url: string): DaemonStep {
  return {
    do: 'daemon',
    on: 'home',
    line: ['python3', labProgram('router-advertiser.py'), 'lan', url],
    ready: { says: 'watching' },
  };
}

/** Nothing gets out of the home network; the router itself is reached. Names are looked up all the same. */
export function walled(more = ''): Step {
  return nft(
    'home',
    `table inet portal {
      chain pre { type nat hook prerouting priority dstnat; policy accept; ${more} }
      chain forward { type filter hook forward priority filter; policy accept; iifname "lan" meta l4proto tcp drop; iifname "lan" udp dport != 53 drop; }
    }\n`,
  );
}

/** The router gives its own address for every name, whatever name server is asked. */
export const everyNameLeadsHome: readonly Step[] = [
  dnsmasq('home', '--address=/#/192.168.7.1', '--interface=lan'),
  nft(
    'home',
    `table inet portal { chain pre { type nat hook prerouting priority dstnat; policy accept;
      iifname "lan" udp dport 53 redirect to :53
      iifname "lan" tcp dport 53 redirect to :53
    }
    }\n`,
  ),
];

// A company's VPN by WireGuard: its gateway is the machine edge, behind which 10.9.0.0/24 lies, with a name server of its own.
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { Services, Zone } from '../services/description.js';
import { dns, http, NAMES, ssh } from './internet.js';
import { labProgram } from './places.js';
import { type FileStep, ip, type Step } from './steps.js';
import { ADDRESS } from './topology.js';

export const INSIDE = { name: 'app.corp.example', address: '10.9.0.5', resolver: '10.8.0.1' } as const;
const port = 51_820;

/** Keys of the lab alone: 32 bytes of one letter. */
function keyOf(letter: string): { secret: string; public: string } {
  const raw = Buffer.alloc(32, letter);
  const der = Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), raw]);
  const own: KeyObject = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(own).export({ format: 'der', type: 'spki' });
  return { secret: raw.toString('base64'), public: spki.subarray(-32).toString('base64') };
}
const device = keyOf('d');
const gateway = keyOf('g');

function end(on: 'device' | 'edge', words: readonly string[]): Step {
  return {
    do: 'daemon',
    on,
    line: ['unshare', '-m', 'sh', labProgram('wireguard.sh'), ...words],
    ready: { says: 'ready' },
  };
}

/**
 * The tunnel is up on both ends, and works. `allowed` is what the device's own end takes, `routes` what its routing table
 * leads there.
 */
export function companyVpn({
  allowed = ['10.8.0.0/24', '10.9.0.0/24'],
  routes = ['10.9.0.0/24'],
  name = 'wg0',
}: { allowed?: readonly string[]; routes?: readonly string[]; name?: string } = {}): Step[] {
  return [
    end('edge', ['{world}/gateway', 'wg9', gateway.secret, String(port), device.public, '10.8.0.2/32']),
    ip('edge', 'addr add 10.8.0.1/24 dev wg9', 'link set wg9 up', 'addr add 10.9.0.1/24 dev servers'),
    ip('server', `addr add ${INSIDE.address}/24 dev eth0`, 'route add 10.8.0.0/24 via 10.9.0.1'),
    end('device', [
      '{world}/wireguard', name, device.secret, String(port), gateway.public, allowed.join(','), `${ADDRESS.edge}:${port}`,
    ]),
    ip('device', `addr add 10.8.0.2/24 dev ${name}`, `link set ${name} up`, ...routes.map((one) => `route add ${one} dev ${name}`)),
  ]; // prettier-ignore
}

const INSIDE_NAMES: Zone = { [INSIDE.name]: { A: [INSIDE.address] } };
/** The company's name server knows its own names as well as everybody's. */
export const COMPANY_RESOLVER: Services = [dns(undefined, { ...NAMES, ...INSIDE_NAMES })];
export const COMPANY_RESOLV_CONF = `# wg-quick wg0\nnameserver ${INSIDE.resolver}\n`;
export const INSIDE_SERVER: Services = [http({ status: '200 OK', body: 'inside\n' }), ssh()];

/** What wg-quick(8) was told about names. */
export const WG_QUICK_DNS: FileStep = {
  do: 'file',
  on: 'device',
  path: '{etc}/wireguard/wg0.conf',
  content: `[Interface]\nAddress = 10.8.0.2/24\nDNS = ${INSIDE.resolver}, corp.example\n`,
};

/**
 * A VPN that takes everything, as wg-quick(8) sets it up: a routing table of its own for all that does not bear the mark of
 * the tunnel's packets. `gone`: its other end is off.
 */
export function wholeVpn({ gone = false } = {}): Step[] {
  const gatewayEnd = [
    end('edge', ['{world}/gateway', 'wg9', gateway.secret, String(port), device.public, '10.8.0.2/32']),
    ip('edge', 'addr add 10.8.0.1/24 dev wg9', 'link set wg9 up'),
    ip('provider', `route add 10.8.0.0/24 via ${ADDRESS.edge}`),
  ];
  const mark = '0xca6c';
  return [
    ...(gone ? [] : gatewayEnd),
    end('device', [
      '{world}/wireguard', 'wg0', device.secret, String(port), gateway.public, '0.0.0.0/0', `${ADDRESS.edge}:${port}`, mark,
    ]),
    ip(
      'device',
      'addr add 10.8.0.2/24 dev wg0',
      'link set wg0 mtu 1420 up',
      'route add default dev wg0 table 51820',
      `rule add not fwmark ${mark} table 51820`,
      'rule add table main suppress_prefixlength 0',
    ),
  ]; // prettier-ignore
}

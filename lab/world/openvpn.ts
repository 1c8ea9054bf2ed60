// A VPN by OpenVPN itself, which takes everything: its server is the machine edge. With a key that both have (--secret): the
// tunnel needs no certificates then, and its routes come with it, whether the other end is there or not.
import { ip, type Step } from './steps.js';
import { ADDRESS } from './topology.js';

const hex = Array.from({ length: 16 }, (_, line) => String(line % 10).repeat(32)).join('\n');
const key = `-----BEGIN OpenVPN Static key V1-----\n${hex}\n-----END OpenVPN Static key V1-----\n`;

/** Halves of the default route (`def1`), or its place: how openvpn(8) leads everything into the tunnel. */
export type Redirect = 'def1' | 'instead';

function end(
  on: 'device' | 'edge',
  words: readonly string[],
  { says, endBy }: { readonly says: string; readonly endBy?: 'SIGKILL' },
): Step {
  const common = [
    '--dev',
    'tun0',
    '--secret',
    '{dir}/key',
    '--cipher',
    'AES-256-CBC',
    '--proto',
    'udp',
    '--port',
    '1194',
  ];
  return {
    do: 'daemon',
    on,
    line: ['openvpn', ...common, ...words],
    files: { '{dir}/key': key },
    ready: { says },
    ...(endBy && { endBy }),
  };
}

/** `gone`: its other end is off. `killed`: so is the program of this device, which had no time to tidy up. */
export function openVpn({
  redirect = 'def1',
  gone = false,
  killed = false,
}: { redirect?: Redirect; gone?: boolean; killed?: boolean } = {}): Step[] {
  const leads = ['--redirect-gateway', ...(redirect === 'def1' ? ['def1'] : [])];
  const up = 'Initialization Sequence Completed';
  return [
    ...(gone
      ? []
      : [
          end('edge', ['--ifconfig', '10.8.0.1', '10.8.0.2'], { says: 'link remote' }),
          ip('provider', `route add 10.8.0.0/24 via ${ADDRESS.edge}`),
        ]),
    end('device', ['--remote', ADDRESS.edge, '--ifconfig', '10.8.0.2', '10.8.0.1', ...leads, '--ping', '1'], {
      says: gone ? 'link remote' : up,
      ...(killed && { endBy: 'SIGKILL' }),
    }),
  ];
}

// OpenVPN as it is deployed: with certificates of its own authority, a server that pushes what the client takes on, and the
// client's file where Debian's units (openvpn-client@.service) have it.
import type { Connection } from './network-manager.js';
import { ip, type FileStep, type Step } from './steps.js';
import { ADDRESS } from './topology.js';

const folder = '{world}/openvpn';
/** Where the client's file lies, as the command names it. */
export const OFFICE = '/etc/openvpn/client/office.conf';

function openssl(...words: string[]): Step {
  return { do: 'run', on: 'device', line: ['openssl', ...words] };
}

function certificateOf(name: string, purpose: 'clientAuth' | 'serverAuth'): Step[] {
  const [key, request] = [`${folder}/${name}.key`, `${folder}/${name}.csr`];
  return [
    openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key, '-out', request, '-subj', `/CN=${name}`),
    { do: 'file', on: 'device', path: `${folder}/${name}.ext`, content: `keyUsage=digitalSignature,keyAgreement\nextendedKeyUsage=${purpose}\n` },
    openssl('x509', '-req', '-in', request, '-CA', `${folder}/ca.crt`, '-CAkey', `${folder}/ca.key`, '-CAcreateserial', '-days', '30', '-extfile', `${folder}/${name}.ext`, '-out', `${folder}/${name}.crt`),
  ]; // prettier-ignore
}

const authority: readonly Step[] = [
  { do: 'file', on: 'device', path: `${folder}/README`, content: 'keys of this world alone\n' },
  openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30', '-keyout', `${folder}/ca.key`, '-out', `${folder}/ca.crt`, '-subj', '/CN=Office VPN CA'),
  ...certificateOf('server', 'serverAuth'),
  ...certificateOf('client', 'clientAuth'),
]; // prettier-ignore

const keys = (name: string): string => `ca ${folder}/ca.crt\ncert ${folder}/${name}.crt\nkey ${folder}/${name}.key\n`;

const serverFile = (push: string): string => `dev tun
topology subnet
server 10.8.0.0 255.255.255.0
port 1194
proto udp
local ${ADDRESS.edge}
dh none
keepalive 1 3
push "${push}"
${keys('server')}`;

/** The file of the client, as its author hands it out. Its server by address, or by a name. */
export function officeFile({ server = ADDRESS.edge, more = '' }: { server?: string; more?: string } = {}): FileStep {
  const content = `# office
client
dev tun0
remote ${server} 1194 udp
persist-tun
persist-key
remote-cert-tls server
nobind
${more}${keys('client')}`;
  return { do: 'file', on: 'device', path: '{etc}/openvpn/client/office.conf', content };
}

/** The VPN's other end, on the machine edge, with keys for both. */
export function officeServer(push = 'redirect-gateway'): Step[] {
  return [
    ...authority,
    {
      do: 'daemon',
      on: 'edge',
      line: ['openvpn', '--config', '{dir}/server.conf'],
      files: { '{dir}/server.conf': serverFile(push) },
      ready: { says: 'Initialization Sequence Completed' },
    },
    ip('provider', `route add 10.8.0.0/24 via ${ADDRESS.edge}`),
  ];
}

/** The same VPN as a connection of NetworkManager's, by its plugin for OpenVPN. */
export const officeConnection: Connection = {
  name: 'Office (Berlin)',
  uuid: '22222222-3333-4444-8555-666666666666',
  content: `type=vpn

[vpn]
service-type=org.freedesktop.NetworkManager.openvpn
connection-type=tls
remote=${ADDRESS.edge}:1194
remote-cert-tls=server
ca=${folder}/ca.crt
cert=${folder}/client.crt
key=${folder}/client.key
cert-pass-flags=4

[ipv4]
method=auto

[ipv6]
method=ignore
`,
};

/**
 * The tunnel comes up, with what the server pushes. `end`: how the client's program ends then (it tidies up on SIGTERM
 * alone). `lasting`: somebody has made the tunnel's interface before (`openvpn --mktun`), so that it outlives the program.
 */
export function officeVpn({
  push = 'redirect-gateway',
  server = ADDRESS.edge,
  end,
  lasting = false,
  more = '',
}: { push?: string; server?: string; end?: 'SIGKILL' | 'SIGTERM'; lasting?: boolean; more?: string } = {}): Step[] {
  return [
    ...officeServer(push),
    officeFile({ server, more }),
    ...(lasting ? [{ do: 'run', on: 'device', line: ['openvpn', '--mktun', '--dev', 'tun0'] } as const] : []),
    {
      do: 'daemon',
      on: 'device',
      line: ['openvpn', '--config', '{etc}/openvpn/client/office.conf'],
      ready: { says: 'Initialization Sequence Completed' },
      ...(end !== undefined && { endBy: end }),
    },
  ];
}

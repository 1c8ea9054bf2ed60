// A zone that is really signed, and an unbound that checks it.
import { ADDRESS, type Machine } from './topology.js';
import type { DaemonStep } from './steps.js';

export interface SignedZone {
  /** When the signatures begin and end, as dnssec-signzone takes it; a month around now when left out. */
  readonly dates?: readonly [from: string, until: string];
  /** It trusts another key than the one that has signed. */
  readonly wrongKey?: true;
}

const zoneFile = `$TTL 300
@ IN SOA ns1.example.com. hostmaster.example.com. 2026112701 3600 600 604800 300
@ IN NS ns1.example.com.
ns1 IN A ${ADDRESS.server}
@ IN A ${ADDRESS.server}
shop IN A ${ADDRESS.server}
four IN A ${ADDRESS.server}
`;

/** The head of unbound's settings: it checks signatures from the key in `anchor` down. */
export const validatingServer = (addresses: readonly string[]): string => `server:
  username: ""
  chroot: ""
  directory: "{dir}"
  pidfile: ""
  use-syslog: no
  ede: yes
${addresses.map((address) => `  interface: ${address}`).join('\n')}
  access-control: 0.0.0.0/0 allow
  access-control: ::/0 allow
  do-not-query-localhost: no
  module-config: "validator iterator"
  trust-anchor-file: "{dir}/anchor"
  val-log-level: 0
`;

/** unbound on a machine: it has example.com out of a signed file and checks the signatures; the rest it is given. */
export function signedZone(
  on: Machine,
  addresses: readonly string[],
  rest: string,
  { dates, wrongKey }: SignedZone = {},
): DaemonStep {
  const period = dates === undefined ? [] : ['-s', dates[0], '-e', dates[1]];
  const keygen = ['dnssec-keygen', '-q', '-a', 'ECDSAP256SHA256', '-f', 'KSK', '-K'] as const;
  return {
    do: 'daemon',
    on,
    files: {
      zone: zoneFile,
      'unbound.conf': `${validatingServer(addresses)}auth-zone:
  name: "example.com"
  zonefile: "{dir}/signed"
  for-upstream: yes
  for-downstream: no
${rest}
`,
    },
    prepare: [
      ['mkdir', '-p', '{dir}/keys', '{dir}/other'],
      [...keygen, '{dir}/keys', 'example.com'],
      [...keygen, '{dir}/other', 'example.com'],
      [
        'dnssec-signzone',
        '-q',
        '-P',
        '-S',
        '-z',
        ...period,
        '-K',
        '{dir}/keys',
        '-o',
        'example.com',
        '-f',
        '{dir}/signed',
        '{dir}/zone',
      ],
      ['sh', '-c', 'cat "$0"/*.key > "$1"', wrongKey ? '{dir}/other' : '{dir}/keys', '{dir}/anchor'],
    ],
    line: ['unbound', '-d', '-c', '{dir}/unbound.conf'],
    ready: { listens: 53 },
  };
}

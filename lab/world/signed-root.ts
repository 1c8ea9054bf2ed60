// A root, a zone below it and example.com, each really signed and each naming the next one's key; and an unbound that
// checks them from its own root's key down.
import { validatingServer } from './signed-zone.js';
import type { DaemonStep } from './steps.js';
import { rootKeyFiles } from './root-key.js';
import { ADDRESS, type Machine } from './topology.js';

export interface SignedRoot {
  readonly algorithm?: 'RSASHA256' | 'ECDSAP256SHA256' | 'ECDSAP384SHA384' | 'ED25519';
  /** When example.com's, or com's, signatures begin and end; a month around now when left out. */
  readonly dates?: { readonly zone: 'com' | 'example.com'; readonly from: string; readonly until: string };
  /** com names a key of example.com that this one no longer has; or names none at all. */
  readonly delegation?: 'old-key' | 'none';
  /** Changes example.com's file after it was signed: a program of sed. */
  readonly afterwards?: string;
  /** The same of com's. */
  readonly parentAfterwards?: string;
  /** com denies by hashes: of all names, or of signed zones only (opt-out); so many extra rounds of each. */
  readonly hashed?: { readonly optOut?: true; readonly rounds?: number };
  /** example.com is not signed itself: a server of DNS on the machine `server` has it, since unbound refuses it as a zone. */
  readonly unsigned?: true;
  /** example.com has one address for all names below it that have none of their own; `four` is one of them. */
  readonly wildcard?: true;
  /** This resolver trusts a key of example.com that nobody has any more, whatever the parent says: a leftover in its settings. */
  readonly oldAnchor?: Machine;
}

const soa = (zone: string): string =>
  `$TTL 300\n@ IN SOA ns1.${zone} hostmaster.${zone} 2026112701 3600 600 604800 300\n@ IN NS ns1.${zone}\nns1 IN A ${ADDRESS.server}\n`;

const zones = [
  { file: 'root', name: '.', text: soa('') + `com IN NS ns1.com.\nns1.com IN A ${ADDRESS.server}\n` },
  { file: 'com', name: 'com', text: `${soa('com.')}example IN NS ns1.example.com.\nns1.example IN A ${ADDRESS.server}\n` },
  { file: 'example', name: 'example.com', text: `${soa('example.com.')}@ IN A ${ADDRESS.server}\nshop IN A ${ADDRESS.server}\nfour IN A ${ADDRESS.server}\n` },
] as const; // prettier-ignore

export function signedRoot(
  on: Machine,
  addresses: readonly string[],
  rest: string,
  { algorithm = 'ECDSAP256SHA256', dates, delegation, afterwards, parentAfterwards, hashed, unsigned, wildcard, oldAnchor }: SignedRoot = {},
): DaemonStep {
  const keygen = ['dnssec-keygen', '-q', '-a', algorithm, ...(algorithm === 'RSASHA256' ? ['-b', '2048'] : []), '-f', 'KSK', '-K'];
  const sign = (file: string, name: string): readonly [string, ...string[]] => {
    const period = dates?.zone === name ? ['-s', dates.from, '-e', dates.until] : [];
    const denial = name === 'com' && hashed ? ['-3', 'ab12', '-H', String(hashed.rounds ?? 0), ...(hashed.optOut ? ['-A'] : [])] : [];
    return ['dnssec-signzone', '-q', '-P', '-S', '-z', ...denial, ...period, '-K', `{dir}/${file}.keys`, '-d', '{dir}', '-o', name, '-f', `{dir}/${file}.signed`, `{dir}/${file}`];
  };
  const old = delegation === 'old-key' ? 'old' : 'example.keys';
  const toDigest: readonly (readonly [string, ...string[]])[] =
    delegation === 'none'
      ? []
      : [['sh', '-c', 'for k in "$0"/*.key; do dnssec-dsfromkey -2 "$k"; done >> "$1"', `{dir}/${old}`, '{dir}/com']];
  return {
    do: 'daemon',
    on,
    files: {
      ...Object.fromEntries(zones.map(({ file, text }) => [file, wildcard ? text.replace('\nfour ', '\n* ') : text])),
      ...rootKeyFiles,
      'unbound.conf': `${validatingServer(addresses)}${oldAnchor === on ? 'server:\n  trust-anchor-file: "{dir}/old.anchor"\n' : ''}${zones.filter(({ file }) => !(unsigned && file === 'example')).map(({ file, name }) => `auth-zone:\n  name: "${name}"\n  zonefile: "{dir}/${file}.signed"\n  for-upstream: yes\n  for-downstream: no`).join('\n')}
${unsigned ? `stub-zone:\n  name: "example.com"\n  stub-addr: ${ADDRESS.server}` : ''}
${rest}
`,
    },
    prepare: [
      ['mkdir', '-p', ...zones.map(({ file }) => `{dir}/${file}.keys`), '{dir}/old'],
      ['sh', '-c', 'mv "$0"/K.+013* "$0"/root.keys', '{dir}'],
      ...zones.filter(({ name }) => name !== '.').map(({ file, name }): [string, ...string[]] => [keygen[0] ?? '', ...keygen.slice(1), `{dir}/${file}.keys`, name]),
      [keygen[0] ?? '', ...keygen.slice(1), '{dir}/old', 'example.com'],
      sign('example', 'example.com'),
      ...(afterwards === undefined ? [] : [['sed', '-i', '-E', '-z', afterwards, '{dir}/example.signed'] as [string, ...string[]]]),
      ...toDigest,
      sign('com', 'com'),
      ...(parentAfterwards === undefined ? [] : [['sed', '-i', '-E', '-z', parentAfterwards, '{dir}/com.signed'] as [string, ...string[]]]),
      ['sh', '-c', 'for k in "$0"/*.key; do dnssec-dsfromkey -2 "$k"; done >> "$1"', '{dir}/com.keys', '{dir}/root'],
      sign('root', '.'),
      ['sh', '-c', 'cat "$0"/*.key > "$1"', '{dir}/root.keys', '{dir}/anchor'],
      ['sh', '-c', 'cat "$0"/*.key > "$1"', '{dir}/old', '{dir}/old.anchor'],
    ],
    line: ['unbound', '-d', '-c', '{dir}/unbound.conf'],
    ready: { listens: 53 },
  };
} // prettier-ignore

/** The device's own resolver and the reference's both check that root; the reference knows its own names besides. */
export const signedEverywhere = (signed: SignedRoot): readonly DaemonStep[] => [
  signedRoot('resolver', [ADDRESS.resolver], '', signed),
  signedRoot(
    'reference',
    [ADDRESS.referenceResolver],
    `server:
  local-zone: "example.net." static
  local-data: "www.example.net. A ${ADDRESS.reference}"
  local-data: "connectivity.example.net. A ${ADDRESS.reference}"`,
    signed,
  ),
];

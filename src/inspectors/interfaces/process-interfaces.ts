/** Interfaces without ip(8): from /sys/class/net; addresses of IPv6 from /proc/net/if_inet6, of IPv4 not at all. */
import { canonical } from '../../model/address.js';
import type { InterfaceFact } from '../../model/facts.js';
import type { Files } from '../../model/system.js';

const MAX_INTERFACES = 256;
const IFF_UP = 1;
const IFF_LOOPBACK = 8;

/** Null where there is no /sys either. */
export async function interfacesOfProcess(files: Files): Promise<InterfaceFact[] | null> {
  const names = await files.list('/sys/class/net', MAX_INTERFACES);
  if (!names) return null;
  const [addresses, routes] = await Promise.all([
    textOf(files, '/proc/net/if_inet6'),
    textOf(files, '/proc/net/fib_trie'),
  ]);
  const found = await Promise.all(
    names.map((name) => readInterface(files, name, inet6Addresses(addresses ?? '', name))),
  );
  const own = localAddresses(routes ?? '');
  // The table does not say whose they are; with a single interface beside the loopback there is no doubt.
  const others = found.filter(({ kind }) => kind !== 'loopback');
  const only = others.length === 1 ? others[0] : undefined;
  return found.map((each) => (each === only ? { ...each, addresses: [...own, ...each.addresses] } : each));
}

async function readInterface(
  files: Files,
  name: string,
  addresses: InterfaceFact['addresses'],
): Promise<InterfaceFact> {
  const read = (file: string): Promise<string | null> => textOf(files, `/sys/class/net/${name}/${file}`);
  const [index, flagText, carrier, mtu] = await Promise.all([
    read('ifindex'),
    read('flags'),
    read('carrier'),
    read('mtu'),
  ]);
  const flags = Number(flagText ?? 0);
  const up = (flags & IFF_UP) !== 0;
  return {
    name,
    index: Number(index ?? 0),
    kind: (flags & IFF_LOOPBACK) !== 0 ? 'loopback' : null,
    up,
    // Reading it of an interface that is off fails with EINVAL.
    carrier: up && carrier !== null ? carrier.trim() === '1' : null,
    addresses,
    mtu: mtu === null ? null : Number(mtu),
  };
}

/** `fe80…(32 digits) index prefix scope flags name`. */
function inet6Addresses(text: string, name: string): InterfaceFact['addresses'] {
  return text.split('\n', 2_000).flatMap((line) => {
    const [digits = '', , prefix = '0', scope = '0', , device] = line.trim().split(/\s+/);
    if (device !== name || !/^[0-9a-f]{32}$/.test(digits)) return [];
    const address = canonical(digits.replace(/(.{4})(?=.)/g, '$1:'));
    return [
      {
        address,
        prefix: Number.parseInt(prefix, 16),
        scope: scope === '20' ? 'link' : scope === '10' ? 'host' : 'global',
      },
    ];
  });
}

/** Leaves of the local table that are this device's own: `|-- 192.0.2.2` with `/32 host LOCAL` below. */
function localAddresses(text: string): InterfaceFact['addresses'] {
  const found = [...text.slice(0, 200_000).matchAll(/\|-- (\d+\.\d+\.\d+\.\d+)\n\s+\/32 host LOCAL/g)].map(
    (match) => match[1] ?? '',
  );
  const own = [...new Set(found)].filter((address) => !address.startsWith('127.'));
  return own.map((address) => ({ address, prefix: 32, scope: 'global' }));
}

async function textOf(files: Files, path: string): Promise<string | null> {
  const file = await files.read(path);
  return file.ok ? Buffer.from(file.bytes).toString('latin1').trimEnd() : null;
}

import type { InterfaceFact } from '../../model/facts.js';
import type { Context } from '../../model/gatherer.js';
import type { TunnelFact } from '../../model/tunnel-facts.js';

const programMs = 700;
const mostBytes = 64 * 1024;
const mostVpns = 4;

/** A connection of NetworkManager's that is up. */
interface Active {
  readonly name: string;
  /** For one of a plugin the VPN's own kind. */
  readonly type: string;
  /** For one of a plugin the cable. */
  readonly device: string;
  /** Of one of a plugin, those that it gave the tunnel; else none. */
  readonly addresses: readonly string[];
}

/** Connections of NetworkManager's that are up; none where it does not run. */
export async function activeConnections(context: Context): Promise<readonly Active[]> {
  if (!(await context.system.files.exists('/run/NetworkManager'))) return [];
  const lines = await nmcli(['-f', 'UUID,TYPE,DEVICE,NAME', 'connection', 'show', '--active'], context);
  const listed = lines.flatMap((line) => {
    const [, uuid = '', type = '', device = '', name = ''] =
      /^([\da-f-]{36}):([^:]*):([^:]*):(.{1,200})$/.exec(line) ?? [];
    return uuid === '' ? [] : [{ uuid, type, device, name }];
  });
  const asked = listed.filter(({ type }) => type === 'vpn').slice(0, mostVpns);
  const vpns = asked.map(async ({ uuid, device, name }) => ({ device, name, ...(await shownOf(uuid, context)) }));
  return [
    ...(await Promise.all(vpns)),
    ...listed.filter(({ type }) => type !== 'vpn').map((one) => ({ ...one, addresses: [] })),
  ];
}

async function shownOf(uuid: string, context: Context): Promise<Pick<Active, 'addresses' | 'type'>> {
  const shown = await nmcli(['-f', 'IP4.ADDRESS,IP6.ADDRESS,vpn.service-type', 'connection', 'show', 'uuid', uuid], context); // prettier-ignore
  const valuesOf = (field: RegExp): string[] =>
    shown.flatMap((line) => (field.test(line) ? [line.slice(line.indexOf(':') + 1)] : []));
  return {
    type: /\.(\w{1,40})$/.exec(valuesOf(/^vpn\.service-type/)[0] ?? '')?.[1] ?? 'vpn',
    addresses: valuesOf(/^IP[46]\.ADDRESS/).map((address) => address.replace(/\/.*$/, '')),
  };
}

/**
 * The connection of NetworkManager's that made a tunnel; null where there is none. A connection of its plugins (OpenVPN and
 * others) names the cable as its device, and calls the tunnel another's ("connected (externally)"): what both have are the
 * addresses (measured, 1.42).
 */
export async function managedConnection(
  { name, addresses }: InterfaceFact,
  active: readonly Active[],
  context: Context,
): Promise<NonNullable<TunnelFact['connection']> | null> {
  const own = new Set(addresses.map(({ address }) => address));
  const vpn = active.find((one) => one.addresses.some((address) => own.has(address)));
  if (vpn) return { name: vpn.name, type: vpn.type };
  const direct = active.find(({ device }) => device === name);
  if (direct === undefined) return null;
  // What somebody else made, NetworkManager keeps in memory by a connection of the interface's name.
  const [state = ''] = await nmcli(['-f', 'GENERAL.STATE', 'device', 'show', name], context);
  return state.includes('externally') ? null : { name: direct.name, type: direct.type };
}

async function nmcli(words: readonly string[], { system, signal }: Context): Promise<string[]> {
  const options = { timeoutMs: programMs, maxBytes: mostBytes, signal };
  const { exit, stdout } = await system.run('nmcli', ['-t', '-e', 'no', ...words], options);
  return exit === 0 ? stdout.split('\n', 1_000) : [];
}

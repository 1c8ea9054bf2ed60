import { productOfProgram, tunnelProduct } from '../../model/tunnel-products.js';
import { familyOf } from '../../model/address.js';
import { fact, type InterfaceFact } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import type { TunnelFact, TunnelHolder } from '../../model/tunnel-facts.js';
import { ipJson, textOf } from '../ip/ip-command.js';
import { activeConnections, managedConnection } from './managed-connection.js';
import { tunnelHolders } from './tunnel-holders.js';
import { tunnelResolvers } from './tunnel-resolvers.js';

const mostTunnels = 4;
const mostRanges = 64;
const programMs = 700;

/** Tunnels that are up: what the routes lead into each, what WireGuard takes, and which name servers are theirs. */
export const deviceTunnels: Gatherer<'device.tunnels'> = {
  fact: 'device.tunnels',
  needs: ['device.interfaces'],
  base: false,
  cost: 'local',
  platforms: ['linux'],
  privilege: 'none',
  async gather(facts, context) {
    const tunnels = (fact(facts, 'device.interfaces') ?? [])
      .filter(({ name, kind, up }) => up && tunnelProduct(name, kind) !== undefined)
      .slice(0, mostTunnels);
    const isServed = tunnels.some(({ kind }) => kind === 'tun');
    const holders = isServed ? await tunnelHolders(context.system.files) : new Map<string, TunnelHolder>();
    const active = tunnels.length > 0 ? await activeConnections(context) : [];
    const own = await Promise.all(
      tunnels.map(async (one) =>
        tunnelOf(one, holders.get(one.name) ?? null, await managedConnection(one, active, context), context),
      ),
    );
    return known(own, 'ip route');
  },
};

async function tunnelOf(
  { name, kind }: InterfaceFact,
  servedBy: TunnelHolder | null,
  connection: NonNullable<TunnelFact['connection']> | null,
  context: Context,
): Promise<TunnelFact> {
  const product =
    tunnelProduct(name, kind) ??
    (servedBy ? productOfProgram(servedBy.process) : null) ??
    (connection ? productOfProgram(connection.type) : null);
  const [four, six, allowed, resolvers] = await Promise.all([
    rangesOf(['route', 'show', 'table', 'all', 'dev', name], context),
    rangesOf(['-6', 'route', 'show', 'table', 'all', 'dev', name], context),
    allowedBy(name, context),
    tunnelResolvers(name, product, context),
  ]);
  return { device: name, product, servedBy, connection, ranges: [...four, ...six], allowed, resolvers };
}

async function rangesOf(args: readonly string[], context: Context): Promise<string[]> {
  const output = await ipJson(context, args);
  if (!output.ok) return [];
  return output.value.slice(0, mostRanges).flatMap((route) => {
    const range = textOf(route['dst']);
    const type = textOf(route['type']) ?? 'unicast';
    return range === null || type !== 'unicast' || /^(?:fe80:|ff00:)/.test(range) ? [] : [range];
  });
}

/** Only root may ask, and only interfaces of WireGuard answer: `KEY<tab>10.8.0.0/24 10.9.0.0/24`. */
async function allowedBy(device: string, { system, signal }: Context): Promise<string[] | null> {
  if (!system.identity.root) return null;
  const options = { timeoutMs: programMs, maxBytes: 64 * 1024, signal };
  const { exit, stdout } = await system.run('wg', ['show', device, 'allowed-ips'], options);
  if (exit !== 0) return null;
  const words = stdout.split('\n', 256).flatMap((line) => line.split(/\s+/).slice(1));
  return words.filter((word) => familyOf(word.split('/')[0] ?? '') !== 0).slice(0, mostRanges);
}

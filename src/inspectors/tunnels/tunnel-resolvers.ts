import { familyOf } from '../../model/address.js';
import type { Context } from '../../model/gatherer.js';
import type { TunnelResolver } from '../../model/tunnel-facts.js';

const mostResolvers = 4;
const mostBytes = 64 * 1024;
const programMs = 700;

/**
 * Name servers that belong to a tunnel: as systemd-resolved and NetworkManager have them for its link, as wg-quick(8) was
 * told to set them, and Tailscale's own (MagicDNS).
 */
export async function tunnelResolvers(
  device: string,
  product: string | null,
  context: Context,
): Promise<readonly TunnelResolver[]> {
  const found = await Promise.all([
    byResolved(device, context),
    byNetworkManager(device, context),
    byWgQuick(device, context),
  ]);
  const magic = { address: '100.100.100.100', location: 'MagicDNS', domains: ['ts.net'] };
  const all = [...(product === 'Tailscale' ? [magic] : []), ...found.flat()].filter(
    ({ address }) => familyOf(address) !== 0,
  );
  return [...new Map(all.map((one) => [one.address, one])).values()].slice(0, mostResolvers);
}

/** `Link 5 (wg0): 10.8.0.1`, `Link 5 (wg0): ~corp.example`. */
async function byResolved(device: string, { system, signal }: Context): Promise<TunnelResolver[]> {
  if (!(await system.files.exists('/run/systemd/resolve'))) return [];
  const options = { timeoutMs: programMs, maxBytes: mostBytes, signal };
  const [servers, domains] = await Promise.all(
    ['dns', 'domain'].map(async (what) => {
      const { exit, stdout } = await system.run('resolvectl', [what, device], options);
      const words = exit === 0 ? (/^Link \d+ \([^)]*\):(.*)$/m.exec(stdout)?.[1] ?? '') : '';
      return words.split(/\s+/).filter((word) => word !== '');
    }),
  );
  const plain = (domains ?? []).map((domain) => domain.replace(/^~/, ''));
  return (servers ?? []).map((server) => ({
    address: server.replace(/[%#].*$/, ''),
    location: 'resolvectl',
    domains: plain,
  }));
}

async function byNetworkManager(device: string, { system, signal }: Context): Promise<TunnelResolver[]> {
  if (!(await system.files.exists('/run/NetworkManager'))) return [];
  const words = ['-t', '-e', 'no', '-f', 'IP4.DNS,IP4.DOMAIN,IP6.DNS', 'device', 'show', device];
  const { exit, stdout } = await system.run('nmcli', words, { timeoutMs: programMs, maxBytes: mostBytes, signal });
  if (exit !== 0) return [];
  const values = (field: string): string[] =>
    [...stdout.matchAll(new RegExp(`^IP[46]\\.${field}\\[\\d+\\]:(\\S{1,253})$`, 'gm'))].map(([, value = '']) => value);
  return values('DNS').map((address) => ({ address, location: 'nmcli device show', domains: values('DOMAIN') }));
}

/** `DNS = 10.8.0.1, corp.example` in the file of that interface: addresses, and domains to complete names with. */
async function byWgQuick(device: string, { system }: Context): Promise<TunnelResolver[]> {
  const path = `/etc/wireguard/${device}.conf`;
  if (!system.identity.root || !/^[\w.-]+$/.test(device)) return [];
  const read = await system.files.read(path, mostBytes);
  const lines = read.ok ? Buffer.from(read.bytes).toString('utf8').split('\n', 2000) : [];
  return lines.flatMap((line, index) => {
    const values = (/^\s*DNS\s*=\s*([^#]*)/i.exec(line)?.[1] ?? '').split(/[\s,]+/).filter((one) => one !== '');
    const domains = values.filter((one) => familyOf(one) === 0);
    return values
      .filter((one) => familyOf(one) !== 0)
      .map((address) => ({ address, location: `${path}:${index + 1}`, domains }));
  });
}

import type { InterfaceFact } from '../../model/facts.js';
import type { Context } from '../../model/gatherer.js';
import type { ProxyScript } from '../../model/proxy-facts.js';
import { scriptFrom } from '../../model/script-url.js';
import type { System } from '../../model/system.js';
import { interfaceOf } from '../interfaces/interfaces.js';
import { ipJson } from '../ip/ip-command.js';
import { dhcpcdOption } from './dhcpcd-leases.js';
import { dhclientLeases } from './kept-leases.js';

const mostBytes = 128 * 1024;
const mostDevices = 4;
const mostScripts = 3;
const longestUrl = 1000;
const programMs = 700;

interface Announced {
  readonly url: string;
  readonly location: string;
}

/**
 * Scripts that DHCP has announced (option 252, which WPAD uses): from the leases that dhclient, systemd-networkd, dhcpcd
 * and NetworkManager keep. A lease counts for an interface that is up and has its address.
 */
export async function announcedScripts(context: Pick<Context, 'system' | 'signal'>): Promise<readonly ProxyScript[]> {
  const output = await ipJson(context, ['addr', 'show']);
  const devices = (output.ok ? output.value.map(interfaceOf) : [])
    .filter(({ name, up, addresses }) => up && name !== 'lo' && addresses.length > 0)
    .slice(0, mostDevices);
  if (devices.length === 0) return [];
  const { system } = context;
  const manager = await system.files.exists('/run/NetworkManager');
  const found = await Promise.all([
    byDhclient(devices, system),
    ...devices.flatMap((device) => [
      byNetworkd(device, system),
      byDhcpcd(device, system),
      manager ? byNetworkManager(device, context) : [],
    ]),
  ]);
  const urls = found
    .flat()
    .map(({ url, location }) => ({ url: url.replace(/\0+$/, ''), location }))
    .filter(({ url }) => url.length <= longestUrl && /^https?:\/\/[\x21-\x7e]+$/i.test(url));
  const unique = [...new Map(urls.map((one) => [one.url, one])).values()];
  return unique.slice(0, mostScripts).map(({ url, location }) => scriptFrom(url, location, 'DHCP'));
}

async function byDhclient(devices: readonly InterfaceFact[], system: System): Promise<Announced[]> {
  const kept = await dhclientLeases(devices, system);
  return kept.flatMap(({ location, lease }) => (lease.script === null ? [] : [{ url: lease.script, location }]));
}

/** sd_dhcp_lease_save: options from 224 to 254 stand there by their number, in hexadecimal. */
async function byNetworkd({ index, addresses }: InterfaceFact, { files }: System): Promise<Announced[]> {
  const location = `/run/systemd/netif/leases/${index}`;
  const read = await files.read(location, mostBytes);
  const text = read.ok ? Buffer.from(read.bytes).toString('latin1') : '';
  const held = /^ADDRESS=(\S{1,40})$/m.exec(text)?.[1];
  const hex = /^OPTION_252=([0-9a-f]{2,2000})$/im.exec(text)?.[1];
  if (hex === undefined || !addresses.some(({ address }) => address === held)) return [];
  return [{ url: Buffer.from(hex, 'hex').toString('latin1'), location }];
}

async function byDhcpcd(device: InterfaceFact, system: System): Promise<Announced[]> {
  const kept = await dhcpcdOption(device, 252, system);
  return kept === null ? [] : [{ url: kept.value.toString('latin1'), location: kept.location }];
}

/** NetworkManager asks for it by itself and calls it wpad. */
async function byNetworkManager(
  { name }: InterfaceFact,
  { system, signal }: Pick<Context, 'system' | 'signal'>,
): Promise<Announced[]> {
  const words = ['-t', '-e', 'no', '-f', 'DHCP4.OPTION', 'device', 'show', name];
  const options = { timeoutMs: programMs, maxBytes: mostBytes, signal };
  const { exit, stdout } = await system.run('nmcli', words, options);
  const url = exit === 0 ? /^DHCP4\.OPTION\[\d+\]:wpad = (\S{1,1000})$/m.exec(stdout)?.[1] : undefined;
  return url === undefined ? [] : [{ url, location: `nmcli device show ${name}` }];
}

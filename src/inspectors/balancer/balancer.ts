import { canonical } from '../../model/address.js';
import type { VirtualService } from '../../model/facts.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import { formatIPv4 } from '../../firewall/values/addresses.js';

const table = '/proc/net/ip_vs';
const mostBytes = 8_000_000;
const mostServices = 64;
const mostServers = 64;

/** IPVS, by which kube-proxy in its mode ipvs and others lead services to their servers; anybody may read its table. */
export const deviceBalancer: Gatherer<'device.balancer'> = {
  fact: 'device.balancer',
  needs: [],
  base: false,
  cost: 'local',
  platforms: ['linux'],
  privilege: 'none',
  when: ({ target }) => (target.port === 0 ? 'a socket file has no port' : null),
  async gather({ target }, { system }) {
    // It is not there before its module is loaded.
    const read = await system.files.read(table, mostBytes);
    const text = read.ok ? Buffer.from(read.bytes).toString('latin1') : '';
    return known(virtualServices(text, target.port), table);
  },
};

/** Addresses and ports are in hexadecimal digits (ip_vs_info_seq_show in net/netfilter/ipvs/ip_vs_ctl.c). */
const address = String.raw`(?:([0-9A-F]{8})|\[([0-9a-f:]{2,39})\]):([0-9A-F]{4})`;
const service = new RegExp(`^(TCP|UDP)\\s+${address} (\\S{1,30})`);
const server = new RegExp(`^\\s*-> ${address}\\s+\\S+\\s+(\\d+)`);

/** Those on that port. One that is told by a mark (FWM) has no address. */
export function virtualServices(text: string, port: number): VirtualService[] {
  const found: { service: VirtualService; servers: VirtualService['servers'][number][] }[] = [];
  let open: (typeof found)[number] | null = null;
  for (const line of text.split('\n')) {
    if (!line.trimStart().startsWith('->')) {
      const [, protocol, four, six, at = '', scheduler = ''] = service.exec(line) ?? [];
      open = null;
      if (protocol === undefined || Number.parseInt(at, 16) !== port || found.length === mostServices) continue;
      const servers: (typeof found)[number]['servers'] = [];
      const place = { protocol: protocol === 'TCP' ? 'tcp' : 'udp', address: addressOf(four, six), port } as const;
      open = { service: { ...place, scheduler, servers }, servers };
      found.push(open);
    } else if (open !== null && open.servers.length < mostServers) {
      const [, four, six, at = '', weight = ''] = server.exec(line) ?? [];
      if (weight !== '')
        open.servers.push({ address: addressOf(four, six), port: Number.parseInt(at, 16), weight: Number(weight) });
    }
  }
  return found.map((one) => one.service);
}

function addressOf(four: string | undefined, six = ''): string {
  return four === undefined ? canonical(six) : formatIPv4(Number.parseInt(four, 16));
}

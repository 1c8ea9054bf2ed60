import { canonical } from '../../model/address.js';
import { fact, type Facts, type NeighbourFact } from '../../model/facts.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { ipJson, type IpObject, textOf, textsOf } from '../ip/ip-command.js';

const MAX_NEIGHBOURS = 64;

/** What this device knows of those beside it: its gateways, and targets and resolvers on its own links. */
export const deviceNeighbours: Gatherer<'device.neighbours'> = {
  fact: 'device.neighbours',
  needs: ['device.routes'],
  base: false,
  cost: 'local',
  platforms: ['linux'],
  privilege: 'none',
  async gather(facts, context) {
    const output = await ipJson(context, ['neigh', 'show', 'nud', 'all']);
    if (!output.ok) {
      const read = await context.system.files.read('/proc/net/arp');
      if (!read.ok) return skipped(`neighbours cannot be read: ${output.words}`);
      return known(chosen(arpEntries(Buffer.from(read.bytes).toString('latin1')), facts), '/proc/net/arp');
    }
    return known(chosen(output.value.flatMap(neighbourOf), facts), 'ip neigh');
  },
};

/** Next hops of this diagnosis first; the whole table of a big network is not needed. */
function chosen(all: readonly NeighbourFact[], facts: Facts): NeighbourFact[] {
  const routes = fact(facts, 'device.routes');
  const hops = routes && [
    ...routes.choices.map(({ via, address }) => via ?? address),
    ...routes.defaults.flatMap(({ via }) => via ?? []),
  ];
  const wanted = hops && new Set(hops.map((hop) => canonical(hop)));
  return all.filter(({ address }) => !wanted || wanted.has(address)).slice(0, MAX_NEIGHBOURS);
}

export function neighbourOf(entry: IpObject): NeighbourFact[] {
  const address = textOf(entry['dst']);
  const device = textOf(entry['dev']);
  const state = textsOf(entry['state'])[0];
  if (address === null || device === null || state === undefined || state === 'NOARP') return [];
  return [{ address: canonical(address), device, state, mac: textOf(entry['lladdr']) }];
}

const ATF_COM = 2;

/** `IP address, HW type, Flags, HW address, Mask, Device`: complete or not is all that this file tells. */
export function arpEntries(text: string): NeighbourFact[] {
  return text
    .split('\n', 1_000)
    .slice(1)
    .flatMap((line) => {
      const [address = '', , flags = '', mac = '', , device] = line.trim().split(/\s+/);
      if (device === undefined) return [];
      const complete = (Number(flags) & ATF_COM) !== 0;
      return [{ address, device, state: complete ? 'STALE' : 'INCOMPLETE', mac: complete ? mac : null }];
    });
}

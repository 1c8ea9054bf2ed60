// What became of the questions for names that left the device: which resolver had them, and who answered.
import type { Machine } from '../../world/topology.js';
import type { Packet } from './packet.js';
import type { Heard, Sighting } from './wiretap.js';

export interface QuestionFate {
  readonly resolver: string;
  /** Index of the interface by which it left the device. */
  readonly leftBy: number;
  readonly entered: readonly Machine[];
  readonly endedIn: readonly Machine[];
  readonly answers: readonly { readonly madeBy: Machine; readonly rcode: number; readonly arrived: boolean }[];
  readonly errors: readonly {
    readonly madeBy: Machine;
    readonly source: string;
    readonly type: number;
    readonly code: number;
    readonly arrived: boolean;
  }[];
}

function within(sightings: readonly Sighting[], is: (packet: Packet) => boolean): Map<Machine, number> {
  const balance = new Map<Machine, number>();
  for (const { machine, leaves, packet } of sightings)
    if (is(packet)) balance.set(machine, (balance.get(machine) ?? 0) + (leaves ? -1 : 1));
  return balance;
}

/** By UDP, one entry for each resolver that was asked. Identifiers tell a question through translations. */
export function questionsOf({ sightings }: Heard): QuestionFate[] {
  const ids = new Map<string, Set<number>>();
  for (const { machine, leaves, packet } of sightings) {
    if (machine !== 'device' || !leaves || packet.udp?.dport !== 53) continue;
    const known = ids.get(packet.destination) ?? new Set();
    known.add(packet.udp.id);
    ids.set(packet.destination, known);
  }
  return [...ids].map(([resolver, asked]) => {
    const isQuestion = ({ udp }: Packet): boolean => udp?.dport === 53 && asked.has(udp.id);
    const isAnswer = ({ udp }: Packet): boolean => udp?.sport === 53 && asked.has(udp.id);
    const isError = ({ icmp }: Packet): boolean => icmp?.about?.udp?.dport === 53 && asked.has(icmp.about.udp.id);
    const went = within(sightings, isQuestion);
    const came = within(sightings, isAnswer);
    const failed = within(sightings, isError);
    const entered = new Set(
      sightings.flatMap(({ machine, leaves, packet }) => (!leaves && isQuestion(packet) ? [machine] : [])),
    );
    const makers = (balance: Map<Machine, number>): Machine[] =>
      [...balance].flatMap(([machine, sum]) => (sum < 0 ? [machine] : []));
    const at = (machine: Machine, is: (packet: Packet) => boolean): Packet | undefined =>
      sightings.find((one) => one.machine === machine && one.leaves && is(one.packet))?.packet;
    const hasArrived = (is: (packet: Packet) => boolean): boolean =>
      sightings.some(({ machine, leaves, packet }) => machine === 'device' && !leaves && is(packet));
    const leftBy = sightings.find((one) => one.machine === 'device' && one.leaves && isQuestion(one.packet));
    return {
      resolver,
      leftBy: leftBy?.interface ?? 0,
      entered: [...entered],
      endedIn: [...went].flatMap(([machine, sum]) => (sum > 0 && machine !== 'device' ? [machine] : [])),
      answers: makers(came).map((madeBy) => ({
        madeBy,
        rcode: at(madeBy, isAnswer)?.udp?.rcode ?? 0,
        arrived: hasArrived(isAnswer),
      })),
      errors: makers(failed).map((madeBy) => ({
        madeBy,
        source: at(madeBy, isError)?.source ?? '',
        type: at(madeBy, isError)?.icmp?.type ?? 0,
        code: at(madeBy, isError)?.icmp?.code ?? 0,
        arrived: hasArrived(isError),
      })),
    };
  });
}

/** Addresses for which a machine has asked its link without an answer. */
export function unanswered({ neighbours }: Heard): { machine: Machine; address: string }[] {
  const found = new Map<string, { machine: Machine; address: string }>();
  for (const { machine, leaves, asks, address } of neighbours)
    if (leaves && asks) found.set(`${machine} ${address}`, { machine, address });
  for (const { machine, leaves, asks, address } of neighbours)
    if (!leaves && !asks) found.delete(`${machine} ${address}`);
  return [...found.values()];
}

import { familyOf } from '../../model/address.js';
import { fact } from '../../model/facts.js';
import { failingFlows } from '../../model/failing-flows.js';
import type { Ailment } from '../../model/remedy.js';

/** Commands to paste, for systems on which nothing is changed by this program. Never tried there: marked so when shown. */
export interface ByHand {
  readonly title: string;
  readonly commands: readonly string[];
  readonly undo: readonly string[];
}

export type Template = (ailment: Ailment) => ByHand | null;

/** Only what no shell gives a meaning to, on any of these systems, comes into a command. */
const plain = /^[A-Za-z0-9.:_-]{1,64}$/;

export function flowOf({ facts }: Ailment): { readonly address: string; readonly port: number } | null {
  const flow = failingFlows(facts).find(({ protocol }) => protocol === 'tcp');
  return flow !== undefined && familyOf(flow.address) !== 0 && plain.test(flow.address) ? flow : null;
}

/** `/etc/hosts:12`, or null where it is another file. */
export function lineIn(location: string | undefined, file: string): number | null {
  const found = /^(.*):(\d{1,7})$/.exec(location ?? '');
  return found?.[1]?.toLowerCase() === file.toLowerCase() ? Number(found[2]) : null;
}

/** A name server that answered the very question in the diagnosis. */
export function workingResolver({ verdict: { culprit }, facts }: Ailment): string | null {
  const answers = [
    ...(fact(facts, 'name.direct')?.answers ?? []),
    ...(fact(facts, 'name.reference')?.answers ?? []),
  ].filter(({ failure, addresses, resolver }) => !failure && addresses.length > 0 && resolver !== culprit?.address);
  const address = answers[0]?.resolver ?? '';
  return familyOf(address) !== 0 && plain.test(address) ? address : null;
}

/** The largest packet that passes, where that was measured. */
export function largestPacket({ facts }: Ailment): number | null {
  const found = fact(facts, 'path.sizes')?.find(({ largest, tooLarge }) => largest !== null && tooLarge !== null);
  return found?.largest != null && found.largest >= 1280 ? found.largest : null;
}

/** One port of this computer for one address. */
export function inboundOf({
  facts,
}: Ailment): { readonly from: string; readonly port: number; readonly protocol: 'tcp' | 'udp' } | null {
  const question = fact(facts, 'inbound');
  const from = question?.from ?? '';
  return question !== undefined && familyOf(from) !== 0 && plain.test(from)
    ? { from, port: question.port, protocol: question.protocol }
    : null;
}

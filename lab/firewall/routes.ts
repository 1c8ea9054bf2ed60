import { networks4, networks6, type Sent } from './pools.js';
import type { Truth } from './truth.js';

/** The device by which the kernel sent it on, as the trace has it; before that by the routing table of this small world. */
export function outDevice(sent: Sent, truth: Truth, devices: readonly string[]): string | undefined {
  if (truth.out !== undefined) return devices[truth.out];
  const { destination } = sent.shape;
  const network = [...networks4, ...networks6].findIndex((prefix) => destination.startsWith(prefix));
  return network < 0 ? undefined : devices[network % 3];
}

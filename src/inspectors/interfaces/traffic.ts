import { packetCounts, type PacketCounts } from '../../model/packet-counts.js';
import type { Files } from '../../model/system.js';

const bound = 64 * 1024;

/** How many packets each interface has sent and received since it was made. */
export async function trafficOf(files: Files): Promise<ReadonlyMap<string, PacketCounts>> {
  const file = await files.read('/proc/net/dev', bound);
  return file.ok ? packetCounts(Buffer.from(file.bytes).toString('latin1')) : new Map<string, PacketCounts>();
}

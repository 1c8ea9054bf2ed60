import type { PacketQueue } from '../../model/firewall-facts.js';
import type { System } from '../../model/system.js';

const mostQueues = 64;

/**
 * Who takes packets from which queue: `number portid total mode range dropped …` (nfnetlink_queue.c, seq_show). The port
 * is the process's id unless the program has several netlink sockets.
 */
export async function packetQueues({ files }: System): Promise<PacketQueue[]> {
  const file = await files.read('/proc/net/netfilter/nfnetlink_queue', 64 * 1024);
  const lines = file.ok ? Buffer.from(file.bytes).toString('utf8').split('\n') : [];
  const found = lines.flatMap((line) => {
    const [, number, port] = /^\s*(\d{1,5})\s+(-?\d{1,11})\s/.exec(line) ?? [];
    return number === undefined ? [] : [{ number: Number(number), pid: Number(port) }];
  });
  return Promise.all(
    found.slice(0, mostQueues).map(async ({ number, pid }) => {
      const comm = pid > 0 ? await files.read(`/proc/${pid}/comm`, 64) : null;
      return { number, pid, process: comm?.ok ? Buffer.from(comm.bytes).toString('utf8').trim() : null };
    }),
  );
}

import { bytesOf } from '../../model/address.js';
import type { Context } from '../../model/gatherer.js';

const port = 5351;
/** As for NAT-PMP: routers answer within milliseconds (RFC 6887 8.1.1 begins with 3 s, for who wants something of them). */
const waitMs = 250;
const version = 2;
const headerBytes = 24;

export interface Pcp {
  /** Seconds since the router began to remember mappings (RFC 6887, 8.5). */
  readonly upS: number;
}

/**
 * Whether the router speaks PCP (RFC 6887): ANNOUNCE, its one question that changes nothing (14.1). The outside address it
 * tells only to who asks for a mapping, so that is not asked.
 */
export async function announcedByPcp(
  router: string,
  own: string,
  { system, options, signal }: Context,
): Promise<Pcp | null> {
  const request = new Uint8Array(headerBytes);
  const source = bytesOf(own);
  if (source?.length !== 4) return null;
  request.set([version]);
  // The asker's own address, IPv4 as ::ffff:a.b.c.d (7.1).
  request.set([0xff, 0xff, ...source], 18);
  const { outcome, bytes } = await system.sockets.datagram(
    {
      address: router,
      port,
      payload: request,
      timeoutMs: waitMs,
      interface: options.interface,
      accept: (reply) => reply.length >= headerBytes && reply[0] === version && reply[1] === 0x80,
    },
    signal,
  );
  // Result code 0, then a lifetime, then the epoch (7.2).
  if (outcome !== 'reply' || !bytes || bytes[3] !== 0) return null;
  return { upS: new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(8) };
}

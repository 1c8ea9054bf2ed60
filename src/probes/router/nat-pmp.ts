import type { Context } from '../../model/gatherer.js';

export interface NatPmp {
  readonly outside: string;
  /** Seconds since the router began to remember mappings. */
  readonly upS: number;
}

const port = 5351;
/** Routers answer within milliseconds; RFC 6886 (3.1) begins with 250 ms. */
const waitMs = 250;

/** The router's outside address by NAT-PMP (RFC 6886, 3.2): a question of two bytes that changes nothing. */
export async function outsideByNatPmp(router: string, { system, options, signal }: Context): Promise<NatPmp | null> {
  const { outcome, bytes } = await system.sockets.datagram(
    {
      address: router,
      port,
      payload: Uint8Array.of(0, 0),
      timeoutMs: waitMs,
      interface: options.interface,
      accept: (reply) => reply.length >= 12 && reply[0] === 0 && reply[1] === 128,
    },
    signal,
  );
  // Result code 0, then the seconds since it started, then the address.
  if (outcome !== 'reply' || !bytes || bytes[2] !== 0 || bytes[3] !== 0) return null;
  const address = bytes.subarray(8, 12).join('.');
  const upS = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(4);
  return address === '0.0.0.0' ? null : { outside: address, upS };
}

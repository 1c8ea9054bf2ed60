/** The name service cache daemon of glibc (nscd/nscd-client.h), asked as getaddrinfo asks it. */
import type { Duplex } from 'node:stream';
import { canonical } from '../../../model/address.js';
import type { Gatherer } from '../../../model/gatherer.js';
import { known } from '../../../model/observed.js';
import { ipv4Text, ipv6Text } from '../../dns/address-text.js';
import { noName } from './asked-resolvers.js';

const socketPath = '/var/run/nscd/socket';
const waitMs = 1_000;
const VERSION = 2;
const GETAI = 14;
const HEADER_BYTES = 24;
const mostAddresses = 32;
const [INET, INET6] = [2, 10];

export const nameCaches: Gatherer<'name.caches'> = {
  fact: 'name.caches',
  needs: [],
  base: false,
  cost: 'local',
  platforms: ['linux'],
  privilege: 'none',
  when: noName,
  async gather({ target }, { system, signal }) {
    const { stream } = await system.sockets.dialUnix(socketPath, waitMs, signal).done;
    if (!stream) return known({ nscd: null }, socketPath);
    const over = new AbortController();
    const late = system.clock.sleep(waitMs, AbortSignal.any([signal, over.signal])).then(() => null);
    const bytes = await Promise.race([answerOf(stream, target.host), late]);
    over.abort();
    stream.destroy();
    return known({ nscd: { socket: socketPath, addresses: bytes ? addressesIn(bytes) : [] } }, socketPath);
  },
};

function answerOf(stream: Duplex, host: string): Promise<Buffer> {
  return new Promise((resolve) => {
    let bytes: Buffer = Buffer.alloc(0);
    stream.on('data', (piece: Buffer) => {
      if (bytes.length < 4_096) bytes = Buffer.concat([bytes, piece]);
    });
    stream.on('error', () => resolve(bytes));
    stream.once('close', () => resolve(bytes));
    stream.once('end', () => resolve(bytes));
    const key = Buffer.from(`${host}\0`, 'latin1');
    const head = Buffer.alloc(12);
    for (const [at, value] of [VERSION, GETAI, key.length].entries()) head.writeInt32LE(value, 4 * at);
    stream.write(Buffer.concat([head, key]));
  });
}

/** Version, found, how many, their bytes, those of the name, an error; then the addresses, then a byte of family each. */
export function addressesIn(bytes: Buffer): string[] {
  if (bytes.length < HEADER_BYTES || bytes.readInt32LE(0) !== VERSION || bytes.readInt32LE(4) !== 1) return [];
  const count = bytes.readInt32LE(8);
  const size = bytes.readInt32LE(12);
  if (count < 0 || count > mostAddresses || size < 0 || bytes.length < HEADER_BYTES + size + count) return [];
  const found: string[] = [];
  let at = HEADER_BYTES;
  for (let index = 0; index < count; index++) {
    const family = bytes[HEADER_BYTES + size + index];
    const length = family === INET ? 4 : family === INET6 ? 16 : 0;
    if (length === 0 || at + length > HEADER_BYTES + size) return found;
    found.push(canonical(family === INET ? ipv4Text(bytes, at) : ipv6Text(bytes, at)));
    at += length;
  }
  return found;
}

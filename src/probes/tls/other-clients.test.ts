import type { Socket } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import type { Facts, TlsVariations } from '../../model/facts.js';
import type { Failure } from '../../model/failure.js';
import { connected, loopbackSystem, observed, Servers } from './fixtures/loopback.js';
import { tlsVariationsGatherer } from './variations.js';

const servers = new Servers();
afterAll(() => servers.close());

const silent = { operation: 'service', code: 'timed-out', raw: 'no word' } as const;
const hungUp = { operation: 'service', code: 'closed', raw: 'before a word' } as const;

/** What is tried once a service was silent, or hung up, for a client of that scheme. */
async function vary(
  scheme: string,
  failure: Failure<'service'>,
  serve: (socket: Socket) => void,
): Promise<Partial<Record<string, TlsVariations['tries'][number]>>> {
  const port = await servers.plain(serve);
  const { facts, context } = await connected(`${scheme}://db.example:${port}`, port, loopbackSystem());
  const greeting = [{ address: '127.0.0.1', port, ms: 1, protocol: null, silent: true, failure }];
  const all = { ...facts, greeting: observed(greeting) } as Facts;
  const measured = await tlsVariationsGatherer.gather(all, context);
  if (measured.state !== 'known') throw new Error(measured.state);
  return Object.fromEntries(measured.value.tries.map((one) => [one.variation, one]));
}

/** Answers these first words alone; on others it hangs up. */
const only = (begins: (first: Buffer) => boolean, words: string) => (socket: Socket) => {
  socket.once('data', (first: Buffer) => (begins(first) ? socket.write(words) : socket.destroy()));
};
const redis = only((first) => first.toString() === 'PING\r\n', '+PONG\r\n');
/** SSLRequest: its length, 8, then 80877103. */
const postgres = only((first) => first.length === 8 && first.readUInt32BE(4) === 80_877_103, 'N');

describe('the first words of another service’s client', () => {
  test('are those of Redis where a service that should speak first keeps silent', async () => {
    const tries = await vary('mysql', silent, redis);
    expect(tries['as-redis']).toMatchObject({ speaks: 'redis' });
    expect(tries['as-postgres']).toBeUndefined();
  });
  test('are those of PostgreSQL where it hangs up on what it does not understand', async () => {
    const tries = await vary('mysql', hungUp, postgres);
    expect(tries['as-postgres']).toMatchObject({ speaks: 'postgres' });
    expect(tries['as-redis']).toBeUndefined();
  });
  test('say nothing where another one than that answers', async () => {
    const other = only(() => true, 'what do you want?\r\n');
    expect((await vary('mysql', silent, other))['as-redis']?.speaks).not.toBe('redis');
    expect((await vary('mysql', hungUp, other))['as-postgres']?.speaks).not.toBe('postgres');
    // "N" and more is no answer to the question for TLS.
    const longer = only(() => true, 'NO\r\n');
    expect((await vary('mysql', hungUp, longer))['as-postgres']?.speaks).not.toBe('postgres');
  });
  test('are no variation for a client of that very service', async () => {
    expect((await vary('redis', silent, redis))['as-redis']).toBeUndefined();
    expect((await vary('postgres', hungUp, postgres))['as-postgres']).toBeUndefined();
  });
});

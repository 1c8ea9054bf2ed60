import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { clientHello } from './client-hello.js';
import { paddedHello } from './padded-hello.js';

const hello = (): Promise<Uint8Array> =>
  clientHello({ serverName: 'shop.example', applicationProtocols: ['http/1.1'], groups: 'X25519:P-256' });

/** What OpenSSL's server answers, without a certificate: it has read the whole hello by then. */
async function answerTo(bytes: Uint8Array): Promise<Buffer> {
  const tls = process.getBuiltinModule('node:tls');
  const net = process.getBuiltinModule('node:net');
  const server = createServer((raw) => {
    const secure = new tls.TLSSocket(raw, { isServer: true, ciphers: 'DEFAULT' });
    secure.on('error', () => undefined);
    raw.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const client = net.connect({ host: '127.0.0.1', port });
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      client.once('data', resolve);
      client.once('error', reject);
      client.once('close', () => reject(new Error('closed without a word')));
      client.write(bytes);
    });
  } finally {
    client.destroy();
    server.close();
  }
}

describe('a padded hello', () => {
  it('is as large as it should be, and begins and ends like one record', async () => {
    const large = paddedHello(await hello(), 1750);
    expect(large?.length).toBe(1750);
    const bytes = Buffer.from(large ?? []);
    expect(bytes.readUInt16BE(3)).toBe(1745);
    expect(bytes.readUIntBE(6, 3)).toBe(1741);
    expect(bytes.includes('shop.example')).toBe(true);
  });

  it('is read by OpenSSL: alert 40 (no certificate to answer with), never a word about its form', async () => {
    for (const bytes of [await hello(), paddedHello(await hello(), 1750)]) {
      const answer = await answerTo(bytes ?? new Uint8Array());
      expect([answer[0], answer[6]]).toEqual([21, 40]);
    }
    const broken = Buffer.from(paddedHello(await hello(), 1750) ?? []);
    broken.writeUInt16BE(9, 76); // the length of the list of ciphers
    expect((await answerTo(broken))[6]).not.toBe(40);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['another record', Uint8Array.from([23, 3, 3, 0, 2, 1, 1])],
    ['half a hello', new Uint8Array(60).fill(22)],
    ['lengths that lead beyond it', Uint8Array.from([22, 3, 1, 255, 255, 1, ...Array.from({ length: 80 }, () => 255)])],
  ])('is not made of %s', (_what, bytes) => expect(paddedHello(bytes, 1750)).toBeNull());

  it('is not padded twice, nor made smaller', async () => {
    const once = paddedHello(await hello(), 1000);
    expect(once === null ? undefined : paddedHello(once, 1750)).toBeNull();
    expect(paddedHello(await hello(), 100)).toBeNull();
  });
});

import { Duplex } from 'node:stream';
import type { HandshakeRequest } from './handshake.js';

/**
 * The bytes with which a program of today opens TLS for that name, from OpenSSL itself: what a filter reads. They differ
 * from those for another name of the same length in the name and in random numbers alone.
 */
export function clientHello(
  request: Pick<HandshakeRequest, 'serverName' | 'applicationProtocols'> & { readonly groups?: string },
): Promise<Uint8Array> {
  const tls = process.getBuiltinModule('node:tls');
  return new Promise((resolve) => {
    const sink = new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _encoding, done) => {
        resolve(Uint8Array.from(chunk));
        done();
        setImmediate(() => socket.destroy());
      },
    });
    const socket = tls.connect({
      socket: sink,
      ...(request.serverName !== null && { servername: request.serverName }),
      ...(request.applicationProtocols.length > 0 && { ALPNProtocols: [...request.applicationProtocols] }),
      ...(request.groups !== undefined && { ecdhCurve: request.groups }),
      ca: [],
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
      maxVersion: 'TLSv1.3',
    });
    socket.on('error', () => undefined);
  });
}

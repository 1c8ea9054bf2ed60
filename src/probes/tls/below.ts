import type { Duplex } from 'node:stream';

const connections = new WeakMap<Duplex, Duplex>();

/** Once TLS is opened on a connection, only what was opened is handed on: this is the connection that the kernel counts. */
export function openedOn(tls: Duplex, connection: Duplex): void {
  connections.set(tls, connection);
}

export function belowOf(stream: Duplex): Duplex {
  return connections.get(stream) ?? stream;
}

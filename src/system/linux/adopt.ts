import type { Socket } from 'node:net';

/**
 * Hands a connected socket over to Node. It does not read before its owner does: bytes and a reset stay in the kernel,
 * and no error can be raised before anybody listens.
 */
export function adopt(fd: number): Socket {
  const options = { fd, readable: true, writable: true, manualStart: true };
  // Not before there is something to hand over: the module takes 3 ms to load, and a refused connection needs none.
  const { Socket } = process.getBuiltinModule('node:net');
  const socket = new Socket(options);
  // An owner that has let go of it must not be surprised by an error of the network.
  socket.on('error', () => {});
  return socket;
}

import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { kernelOf } from '../kernel.js';
import { bindLibc } from '../libc.js';
import { answerLost, placeOf, processorsIn } from './answer-lost.js';
import { prepareSocket } from '../prepare-socket.js';

describe('the processors that are on', () => {
  it('are read from ranges', () => {
    expect(processorsIn('0-3,8\n')).toEqual([0, 1, 2, 3, 8]);
    expect(processorsIn('0\n')).toEqual([0]);
  });

  it('are none where the file says something else', () => {
    for (const text of ['', 'x', '3-1', '0-99999', '-1']) expect(processorsIn(text)).toEqual([]);
  });
});

const libc = process.platform === 'linux' && process.getuid?.() === 0 ? bindLibc() : 'not root on Linux';

describe.skipIf(typeof libc === 'string')('a connection that nothing stops', () => {
  it('has its place in the kernel, another than the next, and no answer of it is thrown away', async () => {
    if (typeof libc === 'string') return;
    const kernel = kernelOf(libc, null);
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const sockets = [0, 1].map(() => prepareSocket(kernel, 'tcp', { address: '127.0.0.1', port }));
    const places = sockets.map((one) => ('errno' in one ? null : placeOf(kernel, one)));
    for (const one of sockets) if (!('errno' in one)) kernel.close(one.fd);
    // A machine that does not let root count events tells neither.
    if (places[0] !== null) expect(places[0]).not.toBe(places[1]);
    let asked = 0;
    expect(await answerLost(kernel, { address: '127.0.0.1', port }, null, () => ++asked > 3)).toBeNull();
    server.close();
  });
});

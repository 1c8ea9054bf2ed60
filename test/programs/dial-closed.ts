import { openSystem } from '../../src/system/open-system.js';

/** Dials a closed port of this device and says by what sockets, and how it ended. */
async function dial(): Promise<void> {
  const { identity, sockets } = await openSystem();
  const result = await sockets.dial({ address: '127.0.0.1', port: 1, timeoutMs: 1000 }, new AbortController().signal)
    .done;
  console.log(identity.sockets, result.failure?.raw, ...(identity.reason === undefined ? [] : [identity.reason]));
}

void dial();

// The serving process: one in each namespace that serves. Reads its description as one line on standard input,
// says "ready" once everything listens, and ends when standard input ends (so it never outlives the lab).
import { createInterface } from 'node:readline';
import type { ServeRequest } from './description.js';
import { serveDns } from './dns-server.js';
import { serveIgd } from './igd.js';
import { serveQuic } from './quic.js';
import { handler, listen } from './tcp.js';

async function open(request: ServeRequest): Promise<void> {
  for (const { service, certificate } of request.services) {
    if (service.kind === 'dns') await serveDns(service, certificate);
    else if (service.kind === 'igd') await serveIgd(service);
    else if (service.kind === 'quic') await serveQuic(service);
    else await listen(service, handler(service, certificate));
  }
}

export function serve(): void {
  // A client that resets at a bad moment must not end the service; the lab sees on stderr what happened.
  process.on('uncaughtException', (error) => process.stderr.write(`${error.stack ?? error.message}\n`));
  const lines = createInterface({ input: process.stdin });
  lines.once('line', (line) => {
    open(JSON.parse(line) as ServeRequest).then(
      () => process.stdout.write('ready\n'),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  });
  lines.once('close', () => process.exit(0));
}

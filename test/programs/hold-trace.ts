import { openSystem } from '../../src/system/open-system.js';

/** Follows a flow and says so; then stays until it is killed. */
async function hold(): Promise<void> {
  const system = await openSystem();
  const session = await system.tracer?.open(new AbortController().signal);
  const flow = { protocol: 'tcp', address: '192.0.2.1', port: 443, localPort: 40_000 } as const;
  console.log(String(session && 'follow' in session && (await session.follow(flow))));
  setInterval(() => {}, 60_000);
}

void hold();

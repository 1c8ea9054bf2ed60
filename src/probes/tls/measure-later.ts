import type { measureTls as measure } from './measure-tls.js';

/** The same as measureTls, loaded only when it is called: certificates and their verification take 5 ms to load. */
export async function measureTls(...request: Parameters<typeof measure>): ReturnType<typeof measure> {
  return (await import('./measure-tls.js')).measureTls(...request);
}

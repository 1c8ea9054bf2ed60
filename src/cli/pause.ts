import { Cannot } from '../model/cannot.js';
import { exitCodes } from './exit-codes.js';
import { warn } from './output.js';
import { pauseGuard } from './pause-guard.js';
import { pauseProxy } from './pause-proxy.js';
import { pauseScanner } from './pause-scanner.js';
import type { RepairCall } from './repair-arguments.js';
import { stopSignals } from './stop-signals.js';

/**
 * `whoblocked pause firewall|vpn|antivirus|proxy [TARGET] --for 30s -- COMMAND`: "turn it off for a moment and try again",
 * made safe. Only this target and only whoever tries it is let past, for that time; the whole guard on request alone.
 */
export async function pauseCommand(call: Extract<RepairCall, { command: 'pause' }>, script: string): Promise<number> {
  const stop = stopSignals();
  try {
    if (call.what === 'antivirus' && call.whole) return await pauseScanner(call, script, stop);
    return call.what === 'proxy' ? await pauseProxy(call, stop) : await pauseGuard(call, call.what, script, stop);
  } catch (error) {
    if (!(error instanceof Cannot)) throw error;
    warn(error.message);
    return stop.code() ?? exitCodes.named;
  } finally {
    stop.forget();
  }
}

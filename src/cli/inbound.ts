import { diagnoseInbound } from '../engine/inbound.js';
import { defaultOptions } from '../model/settings.js';
import { openSystem } from '../system/open-system.js';
import type { Call } from './arguments.js';
import { progressOn } from './progress.js';
import { show } from './show.js';
import { stopSignals } from './stop-signals.js';

/** `whoblocked inbound PORT`: why others do not reach that port of this computer. It only reads. */
export async function inboundCommand(call: Extract<Call, { command: 'inbound' }>, script: string): Promise<number> {
  const { port, question, flags } = call;
  const system = await openSystem({});
  const stop = stopSignals();
  const progress = process.stderr.isTTY ? progressOn(process.stderr) : null;
  try {
    const report = await diagnoseInbound(port, question, {
      system,
      options: { ...defaultOptions, timeoutMs: flags.timeoutMs ?? defaultOptions.timeoutMs },
      signal: stop.signal,
      onProgress: (event) => progress?.onProgress(event),
    });
    progress?.end();
    return stop.code() ?? (await show(report, flags, script));
  } finally {
    progress?.end();
    stop.forget();
  }
}

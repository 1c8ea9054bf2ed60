import { diagnose } from '../engine/diagnose.js';
import { parseProxy } from '../model/parse-proxy.js';
import { parseTarget } from '../model/parse-target.js';
import type { Report } from '../model/report.js';
import type { Options } from '../model/settings.js';
import type { System } from '../model/system.js';
import { invokingUser } from '../system/identity.js';
import { openSystem } from '../system/open-system.js';
import type { Call, Flags } from './arguments.js';
import { readSettings } from './config.js';
import { progressOn } from './progress.js';
import { show } from './show.js';
import { stopSignals } from './stop-signals.js';
import { WrongWords } from './wrong-words.js';

/** `whoblocked TARGET`. Resolves with the exit code; throws WrongWords. */
export async function diagnoseCommand(call: Extract<Call, { command: 'diagnose' }>, script: string): Promise<number> {
  const { flags } = call;
  const parsed = parseTarget(call.target);
  if (!parsed.ok) throw new WrongWords(parsed.why);
  const proxy = proxyOf(flags);
  const system = await openSystem({ asUser: invokingUser(process.env) });
  const options = await optionsOf(flags, system);
  const stop = stopSignals();
  const progress = process.stderr.isTTY ? progressOn(process.stderr) : null;
  let report: Report;
  try {
    report = await diagnose(parsed.target.input, {
      ...options,
      proxy,
      system,
      signal: stop.signal,
      onProgress: (event) => progress?.onProgress(event),
    });
  } catch (error) {
    const code = stop.code();
    if (code !== null) return code;
    throw error;
  } finally {
    progress?.end();
    stop.forget();
  }
  return stop.code() ?? show(report, flags, script);
}

/** A URL, null for what the environment says, false for none. */
function proxyOf({ proxy }: Flags): string | null | false {
  if (proxy === 'auto') return null;
  if (proxy === 'none') return false;
  const parsed = parseProxy(proxy.url);
  if (!parsed.ok) throw new WrongWords(`--proxy takes a URL such as http://proxy.example:3128: ${parsed.why}`);
  return proxy.url;
}

async function optionsOf(flags: Flags, system: System): Promise<Partial<Options>> {
  const { references, trace, thorough, family } = flags;
  const place = {
    explicit: flags.config,
    root: system.identity.root,
    environment: (name: string) => system.environment(name),
  };
  return {
    references,
    trace,
    thorough,
    family,
    interface: flags.interface,
    settings: await readSettings(place, system.files),
    ...(flags.timeoutMs === null ? {} : { timeoutMs: flags.timeoutMs }),
  };
}

import { chooseProxy } from '../model/choose-proxy.js';
import { parseProxy } from '../model/parse-proxy.js';
import { parseTarget } from '../model/parse-target.js';
import type { Report } from '../model/report.js';
import type { Options } from '../model/settings.js';
import type { System } from '../model/system.js';
import type { Facts } from '../model/facts.js';
import type { Target } from '../model/target.js';
import { accountNamed, invokingUser } from '../system/identity.js';
import { type Asked, askSystem } from '../system/lookup.js';
import { openSystem } from '../system/open-system.js';
import { isTerminal } from '../system/terminal.js';
import type { SocketOwner } from '../system/linux/socket-owner.js';
import type { Call, Flags } from './arguments.js';
import { readSettings } from './config.js';
import { warn } from './output.js';
import { progressOn } from './progress.js';
import { stopSignals } from './stop-signals.js';
import { WrongWords } from './wrong-words.js';

/** `whoblocked TARGET`. Resolves with the exit code; throws WrongWords. */
export async function diagnoseCommand(call: Extract<Call, { command: 'diagnose' }>, script: string): Promise<number> {
  const { flags } = call;
  const parsed = parseTarget(call.target);
  if (!parsed.ok) throw new WrongWords(parsed.why);
  const proxy = proxyOf(flags);
  // First of all: the name is looked up in another thread while this one loads the rest.
  const ahead = askAhead(parsed.target, proxy, flags.family);
  const { diagnose } = await import('../engine/diagnose.js');
  const system = await openSystem({ asUser: whoProbes(flags.as), ahead });
  const options = await optionsOf(flags, system);
  const stop = stopSignals();
  const progress = isTerminal(2) ? progressOn(process.stderr) : null;
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
  const untried = flags.browser ? untriedBecause(report.facts['browser.trials']) : null;
  if (untried !== null) warn(`no browser was tried: ${untried}`);
  return stop.code() ?? (await import('./show.js')).show(report, flags, script);
}

/** Why no page was asked for in a browser; null where one was. */
function untriedBecause(trials: Facts['browser.trials']): string | null {
  if (trials?.state === 'skipped') return trials.why;
  const outcomes = trials?.state === 'known' ? trials.value.runs.map(({ outcome }) => outcome) : [];
  const [first] = outcomes.every(({ state }) => state === 'not-run') ? outcomes : [];
  return first?.state === 'not-run' ? first.why : null;
}

/** Not where a proxy looks the name up: nobody here needs to know it then. */
function askAhead(target: Target, proxy: string | null | false, family: 0 | 4 | 6): Asked | null {
  if (target.literal !== 0 || target.host === '' || target.scheme === 'unix') return null;
  const { setting } = chooseProxy(target, (name) => process.env[name], proxy);
  return setting === null ? askSystem(target.host, family) : null;
}

/** A URL, null for what the environment says, false for none. */
export function proxyOf({ proxy }: Flags): string | null | false {
  if (proxy === 'auto') return null;
  if (proxy === 'none') return false;
  const parsed = parseProxy(proxy.url);
  if (!parsed.ok) throw new WrongWords(`--proxy takes a URL such as http://proxy.example:3128: ${parsed.why}`);
  return proxy.url;
}

/** As root somebody else's rules would not match: under sudo it is the one who called, else whoever is named. */
export function whoProbes(named: string | null): SocketOwner | null {
  if (named === null) return invokingUser(process.env);
  if (process.geteuid?.() !== 0) throw new WrongWords('--as needs root');
  const account = accountNamed(named);
  if (!account) throw new WrongWords('--as: there is no such user on this computer');
  return account;
}

/** A browser takes a second or two each time that it is started. */
const withBrowserMs = 45_000;

function timeOf({ timeoutMs, browser }: Flags): Pick<Partial<Options>, 'timeoutMs'> {
  if (timeoutMs !== null) return { timeoutMs };
  return browser ? { timeoutMs: withBrowserMs } : {};
}

export async function optionsOf(flags: Flags, system: System): Promise<Partial<Options>> {
  const { references, trace, thorough, browser, family } = flags;
  const place = {
    explicit: flags.config,
    root: system.identity.root,
    environment: (name: string) => system.environment(name),
  };
  return {
    references,
    trace,
    thorough,
    browser,
    family,
    interface: flags.interface,
    settings: await readSettings(place, system.files),
    ...timeOf(flags),
  };
}

import { exemptBy } from '../../model/no-proxy.js';
import { entriesOfPac } from '../../model/pac-answer.js';
import type { Context } from '../../model/gatherer.js';
import type { DesktopProxy, PacOutcome, ProxyChoice, ProxySetting } from '../../model/proxy-facts.js';
import type { Target } from '../../model/target.js';
import { runScript } from './pac.js';
import { openWay } from './open-way.js';
import { goalOf } from './proxy-goal.js';

/** Browsers give a proxy of a script's list far longer; who waits for an answer here wants to know which one is dead. */
const mostTried = 3;

/** As browsers take it: the proxy for the scheme, else the SOCKS one for all; or what the script says. */
export async function chooseByDesktop(desktop: DesktopProxy, target: Target, context: Context): Promise<ProxyChoice> {
  if (desktop.script) return byScript(await runScript(desktop.script, target, context), target, context);
  if (desktop.detect) {
    const { runDetected } = await import('./detected-script.js');
    return byScript(await runDetected(desktop.detect, desktop.announced ?? [], target, context), target, context);
  }
  const { without } = desktop;
  const entry = without === undefined ? null : exemptBy(without.list, target.host, target.port);
  if (without !== undefined && entry !== null) {
    const { name, location } = without;
    return { setting: null, exempt: { name, location, entry: entry.slice(0, 200) } };
  }
  const secure = target.transport === 'tls';
  const ofScheme = desktop.settings.find(({ name }) => (secure ? /https/i : /http(?!s)/i).test(name));
  return { setting: ofScheme ?? desktop.settings.find(({ name }) => /socks/i.test(name)) ?? null };
}

/** Without a script that works browsers go directly (but for a policy that forbids it). */
async function byScript(outcome: PacOutcome, target: Target, context: Context): Promise<ProxyChoice> {
  const entries = entriesOfPac(outcome.answer ?? '', outcome);
  return { script: outcome, ...(await firstThatConnects(entries, target, context, outcome)) };
}

async function firstThatConnects(
  entries: readonly (ProxySetting | null)[],
  target: Target,
  context: Context,
  outcome: PacOutcome,
): Promise<Pick<ProxyChoice, 'setting' | 'passedOver'>> {
  const [only = null, ...more] = entries;
  // With one alone there is nothing to choose: the way to it is measured anyhow.
  if (only === null || more.length === 0 || outcome.failure) return { setting: only };
  const passedOver: ProxySetting[] = [];
  for (const entry of entries.slice(0, mostTried)) {
    // oxlint-disable-next-line no-await-in-loop -- the next counts only where this one takes no connection
    if (entry === null || (await takesConnections(entry, target, context)))
      return { setting: entry, ...(passedOver.length > 0 && { passedOver }) };
    passedOver.push(entry);
  }
  // All are dead: the first one is what a person would call the proxy.
  return { setting: only };
}

async function takesConnections(setting: ProxySetting, target: Target, context: Context): Promise<boolean> {
  const { way, stream } = await openWay(setting, goalOf(target, null), context);
  stream?.destroy();
  return way.connect.some(({ first }) => !first.failure);
}

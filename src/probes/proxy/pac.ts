import { fact, type Facts } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { entriesOfPac } from '../../model/pac-answer.js';
import type { PacOutcome, ProxyDetection, ProxyScript } from '../../model/proxy-facts.js';
import { scriptUrl } from '../../model/script-url.js';
import { pageUrl, type Target } from '../../model/target.js';
import { fetchScript } from './pac-script.js';

/** Scripts answer within milliseconds, but for the names that they look up. */
const scriptMs = 3000;
const mostScripts = 2;

/** What the scripts that choose a proxy on this device (PAC) say for this target. Browsers run them; most programs do not. */
export const proxyScripts: Gatherer<'proxy.pac'> = {
  fact: 'proxy.pac',
  needs: ['proxy.settings'],
  base: false,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  when: (facts) =>
    scriptsOf(facts).length + detectsOf(facts).length === 0 ? 'no script chooses a proxy on this device' : null,
  async gather(facts, context) {
    const { target } = facts;
    const announced = fact(facts, 'proxy.settings')?.announced ?? [];
    const outcomes = await Promise.all([
      ...scriptsOf(facts).map((one) => runScript(one, target, context)),
      ...(await detected(detectsOf(facts), announced, target, context)),
    ]);
    return context.signal.aborted ? skipped('ended before it was done') : known(outcomes, 'PAC');
  },
};

function scriptsOf(facts: Facts): readonly ProxyScript[] {
  return (fact(facts, 'proxy.settings')?.scripts ?? []).slice(0, mostScripts);
}

/** One of each kind: they all look in the same places. */
function detectsOf(facts: Facts): readonly ProxyDetection[] {
  const all = fact(facts, 'proxy.settings')?.detects ?? [];
  return all.filter(({ dhcp }, index) => all.findIndex((other) => other.dhcp === dhcp) === index);
}

async function detected(
  detects: readonly ProxyDetection[],
  announced: readonly ProxyScript[],
  target: Target,
  context: Context,
): Promise<Promise<PacOutcome>[]> {
  if (detects.length === 0) return [];
  const { runDetected } = await import('./detected-script.js');
  return detects.map((one) => runDetected(one, announced, target, context));
}

/** Loads one script and asks it for the target. */
export async function runScript(script: ProxyScript, target: Target, context: Context): Promise<PacOutcome> {
  const { url, location, found } = script;
  const base = { url, location, ...(found && { found }) };
  const fetched = await fetchScript(scriptUrl(script), context, found === undefined ? 'set' : 'found');
  if (!fetched.ok) return { ...base, failure: { at: 'load', why: fetched.why } };
  const question = {
    script: fetched.script,
    url: urlFor(target),
    host: target.host,
    timeoutMs: Math.max(1, Math.min(scriptMs, context.remaining() / 2)),
  };
  const answer = await context.system.evaluatePac(question, context.signal);
  if (answer.state !== 'answered') {
    const at = answer.state === 'timed-out' ? 'time' : answer.state === 'unavailable' ? 'engine' : 'run';
    return { ...base, failure: { at, why: answer.raw } };
  }
  const entries = entriesOfPac(answer.text, script);
  const settings = entries.filter((one) => one !== null);
  return { ...base, answer: answer.text.slice(0, 300), settings, direct: entries.includes(null) };
}

/**
 * The URL as browsers hand it to the script: a port that is the scheme's own left out, addresses of IPv6 in brackets and in
 * their short form, and of what is encrypted no path (Chromium, PacLibrary's SanitizeUrl; Firefox, nsPACMan). User names,
 * queries and fragments have been cut off before.
 */
export function urlFor(target: Target): string {
  // No page has an address with a zone (RFC 6874 was never taken up).
  const text = pageUrl({ ...target, host: target.host.replace(/%.*$/s, '') });
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  if (target.transport === 'tls') url.pathname = '/';
  return url.href;
}

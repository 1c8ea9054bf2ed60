import { fact } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { entriesOfPac } from '../../model/pac-answer.js';
import type { PacOutcome, ProxyScript } from '../../model/proxy-facts.js';
import { scriptUrl } from '../../model/script-url.js';
import type { Target } from '../../model/target.js';
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
  when: (facts) => (scriptsOf(facts).length === 0 ? 'no script chooses a proxy on this device' : null),
  async gather(facts, context) {
    const outcomes = await Promise.all(scriptsOf(facts).map((one) => runScript(one, facts.target, context)));
    return context.signal.aborted ? skipped('ended before it was done') : known(outcomes, 'PAC');
  },
};

function scriptsOf(facts: Parameters<NonNullable<Gatherer['when']>>[0]): readonly ProxyScript[] {
  return (fact(facts, 'proxy.settings')?.scripts ?? []).slice(0, mostScripts);
}

/** Loads one script and asks it for the target. */
export async function runScript(script: ProxyScript, target: Target, context: Context): Promise<PacOutcome> {
  const { url, location } = script;
  const fetched = await fetchScript(scriptUrl(script), context);
  if (!fetched.ok) return { url, location, failure: { at: 'load', why: fetched.why } };
  const question = {
    script: fetched.script,
    url: urlFor(target),
    host: target.host,
    timeoutMs: Math.max(1, Math.min(scriptMs, context.remaining() / 2)),
  };
  const answer = await context.system.evaluatePac(question, context.signal);
  if (answer.state !== 'answered') {
    const at = answer.state === 'timed-out' ? 'time' : answer.state === 'unavailable' ? 'engine' : 'run';
    return { url, location, failure: { at, why: answer.raw } };
  }
  const entries = entriesOfPac(answer.text, `${url} (${location})`);
  const settings = entries.filter((one) => one !== null);
  return { url, location, answer: answer.text.slice(0, 300), settings, direct: entries.includes(null) };
}

/** Of `https:` the script sees no path, as in browsers (Chromium and Firefox strip it). */
function urlFor({ scheme, host, port, path, transport }: Target): string {
  const usual = port === (transport === 'tls' ? 443 : 80);
  const place = `${host.includes(':') ? `[${host}]` : host}${usual ? '' : `:${port}`}`;
  return `${scheme}://${place}${transport === 'tls' || path === '' ? '/' : path}`;
}

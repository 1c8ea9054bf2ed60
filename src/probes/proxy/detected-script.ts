import { fact } from '../../model/facts.js';
import type { Context } from '../../model/gatherer.js';
import type { PacOutcome, ProxyDetection, ProxyScript } from '../../model/proxy-facts.js';
import { scriptFrom, scriptUrl } from '../../model/script-url.js';
import { isPublicSuffix } from '../../model/site.js';
import type { Target } from '../../model/target.js';
import { isPublicName } from '../../model/public-name.js';
import { runScript } from './pac.js';

const mostNames = 4;
const mostScripts = 5;
/** Chromium waits no longer for the name (PacFileDecider, kQuickCheckDelayMs), and some more for the file. */
const eachMs = 2500;

/**
 * A script that nobody has named, looked for as programs do (WPAD): `http://wpad/wpad.dat` by the name, which getaddrinfo
 * completes by the search domains, and where the setting is of such a program what DHCP has announced. The first file that
 * is there is run; when there is none, the answer says so.
 *
 * Never asked above a registered domain: whoever has `wpad.co.uk` would be everybody's proxy.
 */
export async function runDetected(
  detect: ProxyDetection,
  announced: readonly ProxyScript[],
  target: Target,
  context: Context,
): Promise<PacOutcome> {
  await context.settled('name.config');
  const names = wpadNames(fact(context.latest(), 'name.config')?.search ?? []);
  const byName = names.map((name) => scriptFrom(`http://${name}/wpad.dat`, '', 'DNS'));
  // Browsers ask for the name alone; what DHCP says is for those that ask it, where browsers find nothing.
  const candidates = [...byName, ...(detect.dhcp ? announced : [])].slice(0, mostScripts);
  const missing: string[] = [];
  for (const script of candidates) {
    if (context.signal.aborted) break;
    const limited = { ...context, signal: AbortSignal.any([context.signal, AbortSignal.timeout(eachMs)]) };
    // oxlint-disable-next-line no-await-in-loop -- the next counts only where this one is not there
    const outcome = await runScript(placedBy(detect, script), target, limited);
    if (outcome.failure?.at !== 'load') return outcome;
    missing.push(outcome.failure.why);
  }
  const why = missing[0] ?? 'no search domain is set under which it could be';
  return { ...placedBy(detect, scriptFrom('http://wpad/wpad.dat', '', 'DNS')), failure: { at: 'load', why } };
}

function placedBy({ name, location }: ProxyDetection, script: ProxyScript): ProxyScript {
  const how = script.found === 'DHCP' ? `announced by DHCP, ${script.location}` : 'found by the name wpad';
  return scriptFrom(scriptUrl(script), `${how}; ${name} in ${location}`, script.found);
}

/** `wpad` under each search domain that somebody can have for himself; alone where there is none. */
export function wpadNames(search: readonly string[]): string[] {
  const own = search.filter((domain) => !isPublicSuffix(domain) || !isPublicName(`wpad.${domain}`));
  return search.length === 0 ? ['wpad'] : own.slice(0, mostNames).map((domain) => `wpad.${domain}`);
}

import type { Finding, ProxyScript } from './proxy-facts.js';

/** Whole addresses, with what may be secret in them, are kept beside the fact's own object: never part of it. */
const whole = new WeakMap<ProxyScript, string>();

/** A script as a fact shows it: without query, user and password. */
export function scriptFrom(url: string, location: string, found?: Finding): ProxyScript {
  const shown = url
    .slice(0, 300)
    .replace(/[?#].*$/s, '')
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1');
  const script: ProxyScript = { url: shown, location, ...(found && { found }) };
  whole.set(script, url.slice(0, 2048));
  return script;
}

export function scriptUrl(script: ProxyScript): string {
  return whole.get(script) ?? script.url;
}

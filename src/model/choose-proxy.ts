import type { ProxyChoice, ProxySetting } from './proxy-facts.js';
import { parseProxy } from './parse-proxy.js';
import { curl } from './proxy-dialects.js';

export interface ProxyGoal {
  /** `https`, `http`, `wss`, `ws`; others go through a proxy only when one is given with `--proxy`. */
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
}

export type Environment = (name: string) => string | undefined;

/** Variables by which a proxy is chosen, each in the order in which curl looks. */
const variables: Readonly<Record<string, readonly string[]>> = { http: curl.http, https: curl.https };
const exemptions = curl.without;
const spokenAs: Readonly<Record<string, string>> = { ws: 'http', wss: 'https' };

export function variablesFor(scheme: string): readonly string[] {
  return variables[spokenAs[scheme] ?? scheme] ?? [];
}

/** What is set and not empty: an empty variable is as good as none, one that holds a blank is not (libcurl's GetEnv). */
export function firstSet(names: readonly string[], environment: Environment): string | undefined {
  return names.find((name) => (environment(name) ?? '') !== '');
}

/**
 * The proxy that curl takes: `--proxy`, or the variable of the scheme, or the one for all; and none where no_proxy names
 * the host, as curl reads it. Browsers on Linux read the same variables where no desktop sets others.
 */
export function chooseProxy(goal: ProxyGoal, environment: Environment, option: string | null | false): ProxyChoice {
  if (option === false) return { setting: null };
  const name = option === null ? firstSet(variablesFor(goal.scheme), environment) : '--proxy';
  if (name === undefined) return { setting: null };
  const list = firstSet(exemptions, environment);
  const entry = list === undefined ? null : curl.exempts(environment(list) ?? '', goal.host, goal.port);
  if (list !== undefined && entry !== null) {
    return { setting: null, exempt: { name: list, location: 'environment', entry: entry.slice(0, 200) } };
  }
  const text = option ?? environment(name) ?? '';
  return { setting: settingOf(name, option === null ? 'environment' : 'command line', text) };
}

export function settingOf(name: string, location: string, text: string): ProxySetting {
  const parsed = parseProxy(text);
  return parsed.ok ? { name, location, server: parsed.server } : { name, location, server: null, problem: parsed.why };
}

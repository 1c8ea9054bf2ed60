import { hostPort } from '../model/address.js';
import { chooseProxy } from '../model/choose-proxy.js';
import { parseTarget } from '../model/parse-target.js';
import type { System } from '../model/system.js';
import type { Target } from '../model/target.js';
import { proxiesIn, wordsIn } from './words-of-command.js';

/** A target that the command's own words name, with the addresses that its name has here. */
export interface NamedTarget {
  readonly target: Target;
  readonly addresses: readonly string[];
  /** A proxy stands between, of the environment or of the command's words: what is connected to then is the proxy. */
  readonly proxyPort: number | null;
  /** The proxy that an option of the command gives for it, or that none is to be used; null: none says anything. */
  readonly proxy: string | false | null;
  /** Variables that the command's words set. */
  readonly variables: ReadonlyMap<string, string>;
}

const mostTargets = 4;

/**
 * Targets in the words of a command: URLs and connection strings, `host:port`, and names with a dot where a port was
 * connected to. Options and their values are words like any other.
 */
export async function targetsIn(line: readonly string[], system: System, signal: AbortSignal): Promise<NamedTarget[]> {
  const words = wordsIn(line);
  const said = proxiesIn(words);
  const found: Target[] = [];
  for (const text of words) {
    if (text.startsWith('-') || said.words.has(text) || !looksLikeTarget(text)) continue;
    const parsed = parseTarget(text);
    if (parsed.ok && parsed.target.scheme !== 'unix' && !found.some(({ input }) => input === parsed.target.input))
      found.push(parsed.target);
    if (found.length === mostTargets) break;
  }
  return Promise.all(
    found.map(async (target) => {
      const own = chooseProxy(target, (name) => said.variables.get(name) ?? system.environment(name), said.option);
      const proxyPort = own.setting?.server ? own.setting.server.port : null;
      // An option that curl takes is not heeded where no_proxy exempts the host.
      const proxy = said.option === null ? null : own.setting === null ? false : said.option;
      const { variables } = said;
      if (target.literal !== 0) return { target, addresses: [target.host], proxyPort, proxy, variables };
      const { addresses } = await system.lookup(target.host, 0, signal);
      // Programs know both without asking (RFC 6761).
      const known = target.host === 'localhost' ? ['127.0.0.1', '::1'] : [];
      return { target, addresses: [...addresses, ...known], proxyPort, proxy, variables };
    }),
  );
}

function looksLikeTarget(text: string): boolean {
  if (/^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(text)) return true;
  if (/^(?:[\w-]+\.)+[a-z]{2,}(?::\d{1,5})?$/i.test(text))
    return !/\.(?:js|ts|py|sh|txt|json|html?|ya?ml|conf|rb|pl|go|c|md|xml|log|gz|zip|deb|pem|crt|key)$/i.test(text);
  return /^(?:localhost|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]+\])(?::\d{1,5})?$/i.test(text);
}

/** What to diagnose for a connection to that place: what was meant by it, if the command's words tell, else the place itself. */
export function targetFor(address: string, port: number, named: readonly NamedTarget[]): string {
  const place = hostPort(address, port);
  const direct = named.find(
    ({ target, addresses }) =>
      addresses.includes(address) &&
      (!target.portGiven && target.scheme === 'https' ? port === 443 : target.port === port),
  );
  if (direct) return direct.target.input;
  const proxied = named.find(({ proxyPort }) => proxyPort === port);
  if (proxied) return proxied.target.input;
  const bare = named.find(({ target, addresses }) => addresses.includes(address) && target.literal === 0);
  return bare ? hostPort(bare.target.host, port) : place;
}

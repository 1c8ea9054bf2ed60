import { scopeOf, type AddressScope } from '../../model/address.js';

/** Where an answer leads, ready to be asked for. */
export interface Step {
  readonly url: URL;
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
  /** With the query that the server gave. */
  readonly path: string;
}

/** The step that a Location means, or why it is not followed. */
export function nextStep(location: string, from: string): Step | { readonly refused: string } {
  let url: URL;
  try {
    url = new URL(location, from);
  } catch {
    // Anybody's text: no URL is an answer too.
    return { refused: 'the address that it redirects to is no URL' };
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return { refused: `another scheme: ${url.protocol.slice(0, 20)}` };
  // Credentials in a Location would be sent to whomever it names.
  url.username = '';
  url.password = '';
  url.hash = '';
  const secure = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  if (host === '') return { refused: 'no host' };
  return {
    url,
    secure,
    host,
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    path: url.pathname + url.search,
  };
}

/** Addresses from which a cloud machine's own secrets are to be had. */
const metadata = new Set(['169.254.169.254', 'fd00:ec2::254', '100.100.100.200', '168.63.129.16', '192.0.0.192']);
const inside: readonly AddressScope[] = ['private', 'shared'];

/**
 * Whether a redirect may lead from one address to another. A public server must not make this device knock at doors that
 * only it can reach (server-side request forgery); within a local network, redirects are everyday life.
 */
export function mayLead(from: string, to: string): boolean {
  if (metadata.has(to)) return from === to;
  const [origin, goal] = [scopeOf(from), scopeOf(to)];
  if (goal === 'public' || goal === origin) return goal !== 'multicast' && goal !== 'unspecified';
  return inside.includes(goal) && (inside.includes(origin) || origin === 'loopback');
}

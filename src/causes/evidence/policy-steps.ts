import type { BrowserPolicy } from '../../model/browser-facts.js';

/**
 * What to do about a policy: which file, which entry, who may, and when the browser reads it (docs/browsers.md). The page's
 * host is what an exception is for.
 */
export function policySteps(
  { product, name, location }: Omit<BrowserPolicy, 'effect' | 'entry'>,
  host: string,
): string {
  const isFirefox = product === 'Firefox';
  const page = isFirefox ? 'about:policies' : 'chrome://policy';
  const who = location.includes('/recommended/')
    ? `it is only recommended, so a user may set something else in ${product}'s own settings; who administers this computer can`
    : `whoever administers this computer can (root, by hand or by the program that writes that file: ${page} shows what is in force)`;
  const change = changes[name]?.(host) ?? `take "${name}" out`;
  const read = isFirefox ? 'start Firefox anew' : 'reload the policies there or start the browser anew';
  return `${who} ${change} in ${location}; then ${read}`;
}

/** Names as the browsers' own lists of policies have them. */
const changes: Readonly<Record<string, (host: string) => string>> = {
  URLBlocklist: (host) => `add ".${host}" to the list "URLAllowlist"`,
  ProxyMode: (host) => `correct the proxy, or add "${host}" to "ProxyBypassList",`,
  DnsOverHttpsMode: () => 'write "automatic" in place of "secure" for "DnsOverHttpsMode"',
  WebsiteFilter: (host) => `add "*://${host}/*" to "Exceptions" of "WebsiteFilter"`,
  Proxy: (host) => `correct "Proxy", or add "${host}" to its "Passthrough",`,
  DNSOverHTTPS: () => 'write "Fallback": true into "DNSOverHTTPS"',
};

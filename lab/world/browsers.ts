// A user's own profile of Chromium, as the browser leaves it, in the world's directory: extensions, pins to HTTPS.
import { createHash } from 'node:crypto';
import type { FileStep, Step } from './steps.js';

export const BROWSER_HOME = { HOME: '{world}/home' } as const;
const directory = '{world}/home/.config/chromium';
function file(path: string, content: unknown): FileStep {
  return { do: 'file', on: 'device', path, content: JSON.stringify(content) };
}

/**
 * Chromium itself packs the extension, finds it where administrators put such, and installs it into the new profile: the
 * rules are in force only when it has compiled them. What it mounts is seen by this one process and its children; the
 * command itself sees that directory where Chromium looks for it, or the browser would take the extension out again. The
 * text is fixed.
 */
const INSTALL = `set -e
cd "$0"
mkdir -p "$0/tmp"
export TMPDIR="$0/tmp"
run() { chromium --headless=new --no-sandbox --disable-gpu --no-first-run "$@" >/dev/null 2>&1; }
run --user-data-dir="$0/packing" --pack-extension="$0/extension"
id=$(openssl rsa -in extension.pem -pubout -outform DER 2>/dev/null | openssl dgst -sha256 -r | cut -c1-32 | tr 0-9a-f a-p)
mkdir -p "$0/chromium/extensions"
printf '{"external_crx":"%s/extension.crx","external_version":"1.4"}' "$0" > "$0/chromium/extensions/$id.json"
mount --bind "$0/chromium" /usr/share/chromium
run --user-data-dir="$0/home/.config/chromium" about:blank &
browser=$!
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
  sleep 1
  grep -q $id "$0/home/.config/chromium/Default/Preferences" 2>/dev/null && break
done
pkill -TERM -P $browser || true
wait $browser || true
chmod -R a+rX "$0/home"
`;

/** A profile with one extension (Manifest V3) that has these rules of declarativeNetRequest. */
export function profileWithExtension(name: string, rules: readonly object[]): Step[] {
  const manifest = {
    manifest_version: 3,
    name,
    version: '1.4',
    permissions: ['declarativeNetRequest'],
    host_permissions: ['<all_urls>'],
    declarative_net_request: { rule_resources: [{ id: 'own', enabled: true, path: 'rules.json' }] },
  };
  return [
    file('{world}/extension/manifest.json', manifest),
    file('{world}/extension/rules.json', rules),
    { do: 'run', on: 'device', line: ['unshare', '-m', 'sh', '-c', INSTALL, '{world}'] },
  ];
}

export function profileThatWantsHttps(host: string): FileStep[] {
  const wire = Buffer.concat([
    ...host.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.from([0]),
  ]);
  const entry = {
    host: createHash('sha256').update(wire).digest('base64'),
    mode: 'force-https',
    sts_include_subdomains: false,
    sts_observed: 1_700_000_000,
    expiry: 4_000_000_000,
  };
  return [...profile({}), file(`${directory}/Default/TransportSecurity`, { version: 2, sts: [entry] })];
}

/** A profile with these settings; `state` are those of the browser's whole directory. */
export function profile(preferences: object, state: object = {}): FileStep[] {
  return [
    file(`${directory}/Local State`, { profile: { last_used: 'Default' }, ...state }),
    file(`${directory}/Default/Preferences`, preferences),
  ];
}

/** A policy of an administrator for Chromium; of several files the last one of the same policy counts. */
export function policy(policies: object, name = 'lab.json'): FileStep {
  return file(`{etc}/chromium/policies/managed/${name}`, policies);
}

/** A resolver over HTTPS at an address where nobody is. */
export const DEAD_RESOLVER = 'https://203.0.113.99/dns-query';

/** A rule that blocks pages of that host. */
export function blocks(host: string): object {
  return {
    id: 7,
    priority: 1,
    action: { type: 'block' },
    condition: { urlFilter: `||${host}^`, resourceTypes: ['main_frame'] },
  };
}

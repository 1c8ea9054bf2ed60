import { decisionsIn, listAlerts, mostBytesOfAlerts, type Decision } from '../../../firewall/crowdsec-decisions.js';
import { inPrefix, scopeOf, unbracketed } from '../../../model/address.js';
import type { Ban, BanList } from '../../../model/ban-facts.js';
import type { System } from '../../../model/system.js';

const timeoutMs = 5_000;
const mostDecisions = 8;
const credentials = '/etc/crowdsec/local_api_credentials.yaml';

/**
 * Asks CrowdSec's local API by its own client, `-a` with the decisions of shared lists. Where the settings name an API
 * on another computer nobody is asked: that one is none of the places that a diagnosis contacts.
 */
export async function crowdsecBans(
  addresses: readonly string[],
  system: System,
  signal: AbortSignal,
): Promise<BanList> {
  const by = 'crowdsec';
  const bans: Ban[] = [];
  if (addresses.length === 0) return { by, state: 'answers', bans };
  const file = await system.files.read(credentials, 64 * 1024);
  if (!file.ok) return { by, state: 'not-installed', bans };
  const url = /^\s*url:\s*["']?(\S+?)["']?\s*$/m.exec(Buffer.from(file.bytes).toString('utf8'))?.[1];
  if (!isHere(url)) return { by, state: 'elsewhere', bans };
  for (const address of addresses) {
    const listed = await system.run('cscli', listAlerts('ip', address), {
      timeoutMs,
      maxBytes: mostBytesOfAlerts,
      signal,
    });
    if (listed.error === 'ENOENT') return { by, state: 'not-installed', bans };
    if (listed.exit !== 0) {
      const refused = /connection refused/i.test(listed.stderr);
      const why = (listed.stderr.trim().split('\n').at(-1) ?? '').slice(0, 200);
      return { by, ...(refused ? { state: 'not-running' } : { state: 'unreadable', why }), bans };
    }
    const decisions = decisionsIn(listed.stdout, system.clock.wall());
    if (decisions === null) return { by, state: 'unreadable', why: 'what cscli prints is not complete', bans };
    bans.push(...bansAmong(decisions, address));
  }
  return { by, state: 'answers', bans };
}

function isHere(url: string | undefined): boolean {
  try {
    const { hostname } = new URL(url ?? '');
    return hostname === 'localhost' || scopeOf(unbracketed(hostname)) === 'loopback';
  } catch {
    return false;
  }
}

/** Those that keep this address out, the one that ends last first. */
export function bansAmong(decisions: readonly Decision[], address: string): Ban[] {
  return decisions
    .filter(({ value }) => inPrefix(address, value))
    .sort((a, b) => b.endsAt - a.endsAt)
    .slice(0, mostDecisions)
    .map(({ value, scenario, origin, since, endsAt }) => {
      const until = new Date(endsAt).toISOString();
      return { address, list: scenario, element: value, origin, since, until, forever: false };
    });
}

import { scopeOf, unbracketed } from '../../../model/address.js';
import type { Ban, BanList } from '../../../model/ban-facts.js';
import type { System } from '../../../model/system.js';

const timeoutMs = 5_000;
const maxBytes = 4 * 1024 * 1024;
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
    const words = ['decisions', 'list', '-a', '--ip', address, '-o', 'json'];
    const listed = await system.run('cscli', words, { timeoutMs, maxBytes, signal });
    if (listed.error === 'ENOENT') return { by, state: 'not-installed', bans };
    if (listed.exit !== 0) {
      const refused = /connection refused/i.test(listed.stderr);
      const why = (listed.stderr.trim().split('\n').at(-1) ?? '').slice(0, 200);
      return { by, ...(refused ? { state: 'not-running' } : { state: 'unreadable', why }), bans };
    }
    bans.push(...decisionsIn(listed.stdout, address, system.clock.wall()));
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

/** A list of alerts, each with its decisions; `null` when there is none. */
export function decisionsIn(printed: string, address: string, now: Date): Ban[] {
  let alerts: unknown;
  try {
    alerts = JSON.parse(printed);
  } catch {
    return [];
  }
  const found: Ban[] = [];
  for (const alert of listOf(alerts).slice(0, 100)) {
    const since = isoOf(textOf(alert, 'created_at'));
    for (const decision of listOf(Reflect.get(alert, 'decisions')).slice(0, 100)) {
      if (found.length >= mostDecisions) return found;
      if (textOf(decision, 'type') !== 'ban' || Reflect.get(decision, 'simulated') === true) continue;
      const left = secondsOf(textOf(decision, 'duration') ?? '');
      found.push({
        address,
        list: (textOf(decision, 'scenario') ?? 'a decision').slice(0, 200),
        element: textOf(decision, 'value')?.slice(0, 100) ?? null,
        origin: textOf(decision, 'origin')?.slice(0, 60) ?? null,
        since,
        until: left === null ? null : new Date(now.getTime() + left * 1000).toISOString(),
        forever: false,
      });
    }
  }
  return found;
}

function listOf(value: unknown): object[] {
  return Array.isArray(value) ? value.filter((one): one is object => typeof one === 'object' && one !== null) : [];
}

function textOf(object: object, key: string): string | undefined {
  const value: unknown = Reflect.get(object, key);
  return typeof value === 'string' ? value : undefined;
}

function isoOf(text: string | undefined): string | null {
  const time = new Date(text ?? '');
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

/** Go's way to write a time that is left: `3h59m55.868880522s`. What has run out is negative. */
export function secondsOf(text: string): number | null {
  const found = /^(?:(\d{1,9})h)?(?:(\d{1,2})m)?(?:(\d{1,2}(?:\.\d+)?)s)?$/.exec(text);
  if (!found || text === '') return null;
  const [, hours = '0', minutes = '0', seconds = '0'] = found;
  return Number(hours) * 3600 + Number(minutes) * 60 + Math.floor(Number(seconds));
}

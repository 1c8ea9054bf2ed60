import type { GuardLogFact } from '../../model/guard-facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { logText } from '../../logs/log-text.js';
import { parseIcapLog } from '../../logs/icap-log.js';

const settings = '/etc/c-icap/c-icap.conf';
const usualLog = '/var/log/c-icap/server.log';
const tailBytes = 64 * 1024;
const mostEntries = 20;
/** Its times have whole seconds only. */
const slackMs = 1_000;

/** What c-icap's virus scanner wrote into its log since this diagnosis began. */
export const guardLog: Gatherer<'device.guardLog'> = {
  fact: 'device.guardLog',
  needs: [],
  base: false,
  cost: 'local',
  platforms: ['linux'],
  privilege: 'none',
  async gather(_facts, context) {
    const { files } = context.system;
    const file = await files.read(settings, 256 * 1024);
    if (!file.ok) return skipped('no log of a web shield is known here');
    const text = Buffer.from(file.bytes).toString('utf8');
    const location = /^\s*ServerLog\s+(\/\S{1,200})/m.exec(text)?.[1] ?? usualLog;
    const tail = await files.tail(location, tailBytes);
    if (!tail.ok) return known({ entries: [], looked: [], closed: [`${location} (${tail.code})`] }, location);
    const since = beganAt(context);
    const entries: GuardLogFact['entries'][number][] = parseIcapLog(logText(tail.bytes))
      .filter(({ at }) => at >= since)
      .slice(-mostEntries)
      .map(({ at, found, trouble }) => ({
        product: 'c-icap',
        location,
        at: new Date(at).toISOString(),
        found: found && { ...found, url: found.url.replace(/[?#].*$/s, '').slice(0, 500) },
        trouble,
      }));
    return known({ entries, looked: [location], closed: [] }, location);
  },
};

function beganAt({ system, options, remaining }: Context): number {
  const passed = Math.max(0, options.timeoutMs - remaining());
  return system.clock.wall().getTime() - passed - slackMs;
}

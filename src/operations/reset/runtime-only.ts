import { Cannot } from '../../model/cannot.js';
import type { Hands } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';

const bounds = { timeoutMs: 20_000, maxBytes: 4 * 1024 * 1024 };

/** What firewalld holds in its memory alone could not be put back: its files say nothing of it. */
export async function mustBeAllInSettings({ run }: Pick<Hands, 'run'>): Promise<void> {
  const list = async (...words: string[]): Promise<string> =>
    shorn(mustHaveRun('firewall-cmd', await run('firewall-cmd', words, bounds)));
  const isSaved = async (what: string): Promise<boolean> => {
    const [now, saved] = await Promise.all([list(what), list('--permanent', what)]);
    return now === saved;
  };
  for (const what of ['--list-all-zones', '--list-all-policies']) {
    if (!(await isSaved(what)))
      throw new Cannot(
        'firewalld holds rules that are not in its settings and would be lost: firewall-cmd --runtime-to-permanent writes them there',
      );
  }
}

/** Which interfaces a zone has is told by NetworkManager each time; `(active)` follows from that. */
function shorn(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^\s+interfaces:/.test(line))
    .map((line) => line.replace(/ \((?:active|default|default, active|active, default)\)$/, '').trimEnd())
    .join('\n');
}

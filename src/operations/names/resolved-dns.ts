import { canonical } from '../../model/address.js';
import { Cannot } from '../../model/cannot.js';
import type { ResolvedDns } from '../../model/name-operations.js';
import { isAddress } from '../bans/element.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { interfaceName } from '../routes/unicast-route.js';
import { mustHaveRun } from '../said.js';
import { Arguments } from '../validate.js';

interface Before {
  readonly servers: readonly string[];
}

const bounds = { timeoutMs: 10_000 };

/** systemd-resolved's servers of one link, by its own program: it keeps them until the link connects again. */
export const operation: OperationKindOf<ResolvedDns, Before> = {
  kind: 'resolved-dns',
  check(json) {
    const args = new Arguments('resolved-dns', json);
    const checked: ResolvedDns = {
      kind: args.oneOf('kind', ['resolved-dns']),
      link: args.matching('link', interfaceName),
      servers: args.list('servers', 4, (one) => {
        if (typeof one !== 'string' || !isAddress(one)) throw args.wrong('a server is no address');
        return one;
      }),
    };
    args.end();
    return checked;
  },
  commands: ({ link, servers }) => [`resolvectl dns ${link} ${servers.join(' ')}`],
  undo: ({ link }, _id, { servers }) => [
    servers.length === 0 ? `resolvectl revert ${link}` : `resolvectl dns ${link} ${servers.join(' ')}`,
  ],
  async capture({ link }, hands) {
    const servers = await serversOf(link, hands);
    if (servers === null) throw new Cannot(`systemd-resolved knows no interface ${link}`);
    return { servers };
  },
  preview: ({ link, servers }, before) => [
    `  servers of ${link}:`,
    ...before.servers.map((server) => `- ${server}`),
    ...servers.map((server) => `+ ${server}`),
  ],
  apply: ({ link, servers }, _before, hands) => set(link, servers, hands),
  async look({ link, servers }, before, hands): Promise<Look> {
    const now = await serversOf(link, hands);
    const where = `  servers of ${link}:`;
    if (now === null) return { is: 'other', ours: false, difference: [where, '- the whole interface'] };
    if (isSame(now, before.servers)) return { is: 'before' };
    if (isSame(now, servers)) return { is: 'after' };
    return { is: 'other', ours: false, difference: [where, ...now.map((server) => `  ${server}`)] };
  },
  async revert({ link, servers }, before, hands) {
    const now = await serversOf(link, hands);
    if (now !== null && isSame(now, servers)) await set(link, before.servers, hands);
  },
};

async function set(link: string, servers: readonly string[], { run }: Hands): Promise<void> {
  // An empty word takes all of them away (resolvectl(1)).
  const words = ['dns', link, ...(servers.length === 0 ? [''] : servers)];
  mustHaveRun('resolvectl', await run('resolvectl', words, bounds));
}

/** `Link 2 (eth0): 192.168.7.1 2001:db8::1`; null where there is no such link. */
async function serversOf(link: string, { run }: Pick<Hands, 'run'>): Promise<string[] | null> {
  const shown = await run('resolvectl', ['dns', link], bounds);
  if (/No such device|Unknown interface|not found/i.test(shown.stderr)) return null;
  const line = mustHaveRun('resolvectl', shown)
    .split('\n')
    .find((one) => one.includes(`(${link}):`));
  return line === undefined ? null : line.slice(line.indexOf('):') + 2).trim().split(/\s+/).filter((one) => one !== ''); // prettier-ignore
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  const bare = (list: readonly string[]): string => list.map((one) => canonical(one.split('#')[0] ?? '')).join(' ');
  return bare(a) === bare(b);
}

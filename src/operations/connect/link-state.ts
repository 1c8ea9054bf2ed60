import { Cannot } from '../../model/cannot.js';
import { isAddress } from '../bans/element.js';
import { bytesOfText, textOfBytes } from '../files/edit-lines.js';
import { putInPlace } from '../files/put-in-place.js';
import type { Hands } from '../operation-kind.js';
import { readUnicastRoute, wordsOfUnicast } from '../routes/unicast-route.js';
import { mustHaveRun } from '../said.js';

/** What connecting an interface changes of this computer, so that it can be put back. IPv6 comes and goes with the link. */
export interface LinkState {
  readonly up: boolean;
  readonly mtu: number;
  /** Of IPv4, each in the words of `ip address add`, without `dev`. */
  readonly addresses: readonly string[];
  /** Of IPv4 and the main table, in the words of ip(8). */
  readonly routes: readonly string[];
  /** resolv.conf, base64; null where it is a link or missing: then it is somebody else's. */
  readonly resolvConf: string | null;
}

const bounds = { timeoutMs: 5_000, maxBytes: 1024 * 1024 };
const resolvConf = '/etc/resolv.conf';

export async function linkState(device: string, hands: Hands): Promise<LinkState | null> {
  const shown = await hands.run('ip', ['-j', 'address', 'show', 'dev', device], bounds);
  if (/does not exist/.test(shown.stderr)) return null;
  const [link] = objectsIn(mustHaveRun('ip', shown));
  if (link === undefined) return null;
  const routes = mustHaveRun(
    'ip',
    await hands.run('ip', ['-4', 'route', 'show', 'table', 'main', 'dev', device], bounds),
  );
  const own = await readResolvConf(hands);
  return {
    up: Array.isArray(link['flags']) && link['flags'].includes('UP'),
    mtu: Number(link['mtu']),
    addresses: listIn(link['addr_info'])
      .flatMap((one) => addressWords(one) ?? [])
      .toSorted(),
    routes: routes
      .split('\n')
      .flatMap((line) => {
        // With `dev` in the question it is left out of the answer.
        const route = readUnicastRoute(line.trim() === '' ? '' : `${line.trim()} dev ${device}`);
        return route === null ? [] : [wordsOfUnicast(route).join(' ')];
      })
      .toSorted(),
    resolvConf: own === null ? null : Buffer.from(own.bytes).toString('base64'),
  };
}

/** Times that run are no difference. */
export function isSameState(one: LinkState, other: LinkState): boolean {
  return JSON.stringify(timeless(one)) === JSON.stringify(timeless(other));
}

export function linesOf(device: string, state: LinkState): string[] {
  const { up, mtu, addresses, routes, resolvConf: file } = timeless(state);
  const servers = file === null ? [] : textOfBytes(new Uint8Array(Buffer.from(file, 'base64'))).split('\n');
  return [
    `${device} ${up ? 'up' : 'down'}, mtu ${mtu}`,
    ...addresses.map((one) => `address ${one}`),
    ...routes.map((one) => `route ${one}`),
    ...servers.filter((line) => /^\s*nameserver/.test(line)).map((line) => `${resolvConf}: ${line.trim()}`),
  ];
}

/** Addresses, routes and resolv.conf as they were; what others have put elsewhere stays. */
export async function putBack(device: string, before: LinkState, hands: Hands): Promise<void> {
  const ip = async (words: readonly string[]): Promise<void> =>
    void mustHaveRun('ip', await hands.run('ip', words, bounds));
  const now = await linkState(device, hands);
  if (now === null) throw new Cannot(`there is no interface ${device} any more`);
  const isIn = (words: string, list: readonly string[]): boolean => list.map(bare).includes(bare(words));
  for (const words of now.addresses)
    if (!isIn(words, before.addresses)) await ip(['address', 'del', words.split(' ')[0] ?? '', 'dev', device]);
  if (before.up && !now.up) await ip(['link', 'set', 'dev', device, 'up']);
  if (now.mtu !== before.mtu) await ip(['link', 'set', 'dev', device, 'mtu', String(before.mtu)]);
  for (const words of before.addresses)
    if (!isIn(words, now.addresses)) await ip(['address', 'add', ...words.split(' '), 'dev', device]);
  const then = (await linkState(device, hands))?.routes ?? [];
  for (const words of then) if (!before.routes.includes(words)) await ip(['-4', 'route', 'del', ...words.split(' ')]);
  // Those to a network of its own first: the others lead by a router that is in it.
  const missing = before.routes.filter((words) => !then.includes(words));
  for (const words of missing.toSorted((a, b) => Number(a.includes(' via ')) - Number(b.includes(' via '))))
    await ip(['-4', 'route', 'add', ...words.split(' ')]);
  if (!before.up && (now.up || before.addresses.length > 0)) await ip(['link', 'set', 'dev', device, 'down']);
  await putBackFile(before, hands);
}

async function putBackFile({ resolvConf: content }: LinkState, hands: Hands): Promise<void> {
  const now = await readResolvConf(hands);
  if (content === null || (now !== null && Buffer.from(now.bytes).toString('base64') === content)) return;
  const rights = now ?? { mode: 0o644, uid: 0, gid: 0 };
  const text = textOfBytes(new Uint8Array(Buffer.from(content, 'base64')));
  await putInPlace(resolvConf, bytesOfText(text), rights, hands);
}

function readResolvConf({ disk }: Hands): ReturnType<Hands['disk']['read']> {
  // A link is refused by the disk.
  return disk.read(resolvConf, 64 * 1024).catch(() => null);
}

/** `192.168.7.20/24 broadcast 192.168.7.255 scope global label eth0 valid_lft 590 preferred_lft 590`. */
function addressWords(one: Readonly<Record<string, unknown>>): string | null {
  const { local, prefixlen, broadcast, scope, label, noprefixroute, valid_life_time: valid, preferred_life_time: preferred } = one; // prettier-ignore
  if (one['family'] !== 'inet' || typeof local !== 'string' || !isAddress(local)) return null;
  if (typeof prefixlen !== 'number' || prefixlen < 0 || prefixlen > 32) return null;
  const lasts = (seconds: unknown): boolean => typeof seconds !== 'number' || seconds === 4_294_967_295;
  return [
    `${local}/${prefixlen}`,
    ...(typeof broadcast === 'string' && isAddress(broadcast) ? ['broadcast', broadcast] : []),
    ...(typeof scope === 'string' && /^(?:global|link|host)$/.test(scope) ? ['scope', scope] : []),
    ...(typeof label === 'string' && /^[\w.:@-]{1,20}$/.test(label) ? ['label', label] : []),
    ...(noprefixroute === true ? ['noprefixroute'] : []),
    ...(lasts(valid) ? [] : ['valid_lft', String(valid), 'preferred_lft', String(preferred)]),
  ].join(' ');
}

function timeless(state: LinkState): LinkState {
  return { ...state, addresses: state.addresses.map(bare) };
}

function bare(words: string): string {
  return words.replace(/ valid_lft .*/, '');
}

function objectsIn(printed: string): Readonly<Record<string, unknown>>[] {
  const found: unknown = JSON.parse(printed === '' ? '[]' : printed);
  return listIn(found).filter((one) => Object.keys(one).length > 0);
}

function listIn(found: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(found) ? found.filter((one: unknown): one is Record<string, unknown> => typeof one === 'object' && one !== null) : []; // prettier-ignore
}

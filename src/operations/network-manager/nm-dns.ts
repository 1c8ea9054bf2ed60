import { canonical, familyOf } from '../../model/address.js';
import { Cannot } from '../../model/cannot.js';
import type { Rights } from '../../model/disk.js';
import type { NmDns } from '../../model/name-operations.js';
import { isAddress } from '../bans/element.js';
import { putInPlace, temporaryName } from '../files/put-in-place.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { interfaceName } from '../routes/unicast-route.js';
import { Arguments } from '../validate.js';
import { activeConnections, askNmcli, nmcli, serversOf, settingsOf, uuid } from './nmcli.js';

interface Before extends Rights {
  /** Its name below /etc/NetworkManager/system-connections, and the whole of it, base64. */
  readonly file: string;
  readonly content: string;
  /** The settings that are changed, by name, and all others as one text. */
  readonly own: Readonly<Record<string, string>>;
  readonly others: string;
}

const folder = '/etc/NetworkManager/system-connections/';
const mostBytes = 64 * 1024;
const changed = ['ipv4.dns', 'ipv4.ignore-auto-dns', 'ipv6.dns', 'ipv6.ignore-auto-dns'] as const;

/** NetworkManager's name servers of one connection, in its settings, and handed on at once (`device reapply`). */
export const operation: OperationKindOf<NmDns, Before> = {
  kind: 'nm-dns',
  check(json) {
    const args = new Arguments('nm-dns', json);
    const address = (name: string): string => {
      const text = args.text(name, 64);
      if (!isAddress(text)) throw args.wrong(`${name} is no address`);
      return text;
    };
    const checked: NmDns = {
      kind: args.oneOf('kind', ['nm-dns']),
      device: args.matching('device', interfaceName),
      connection: args.matching('connection', uuid),
      server: address('server'),
      dead: address('dead'),
    };
    args.end();
    return checked;
  },
  commands: (operation) => [
    `nmcli ${modifying(operation.connection, wanted(operation)).join(' ')}`,
    `nmcli device reapply ${operation.device}`,
  ],
  undo: ({ device }, _id, { file }) => [
    `put back ${folder}${file} as it was, and have it read (nmcli connection load)`,
    `nmcli device reapply ${device}`,
  ],
  async capture(operation, hands) {
    const { connection, device } = operation;
    const active = (await activeConnections(hands)).find((one) => one.uuid === connection && one.device === device);
    if (active === undefined) throw new Cannot(`NetworkManager has that connection no more on ${device}`);
    const file = active.file.startsWith(folder) ? active.file.slice(folder.length) : '';
    if (!isFileName(file))
      throw new Cannot(`the settings of ${device} are made by another program (${active.file.slice(0, 200)})`);
    const now = await hands.disk.read(folder + file, mostBytes);
    if (now === null) throw new Cannot(`${folder}${file} is not there`);
    const settings = await settingsOf(connection, hands);
    if (isSet(settings, operation)) throw new Cannot('it is set like that already');
    const { mode, uid, gid } = now;
    const content = Buffer.from(now.bytes).toString('base64');
    return { file, content, mode, uid, gid, own: ownOf(settings), others: othersOf(settings) };
  },
  preview: (operation, { own }) => [
    `  settings of NetworkManager for ${operation.device}:`,
    ...Object.entries(wanted(operation)).flatMap(([name, value]) => [`- ${name} ${own[name] ?? ''}`, `+ ${name} ${value}`]), // prettier-ignore
  ],
  async apply(operation, _before, hands) {
    await nmcli(modifying(operation.connection, wanted(operation)), hands);
    const was = await resolvConf(hands);
    await nmcli(['device', 'reapply', operation.device], hands);
    await eventually(async () => (await isInForce(operation, hands)) && (await resolvConf(hands)) !== was, hands);
  },
  async look(operation, before, hands): Promise<Look> {
    const now = await hands.disk.read(folder + before.file, mostBytes);
    const where = `  ${folder}${before.file}:`;
    if (now === null) return { is: 'other', ours: false, difference: [where, '- the whole file'] };
    const isAsBefore =
      Buffer.from(now.bytes).toString('base64') === before.content &&
      now.mode === before.mode &&
      now.uid === before.uid &&
      now.gid === before.gid;
    const settings = await settingsOf(operation.connection, hands);
    const isOurs = isSet(settings, operation);
    const inForce = await isInForce(operation, hands);
    const difference = [where, ...changed.map((name) => `  ${name} ${settings.get(name) ?? ''}`)];
    if (isAsBefore && !isOurs) return inForce ? { is: 'torn', difference } : { is: 'before' };
    if (isOurs && othersOf(settings) === before.others) return inForce ? { is: 'after' } : { is: 'torn', difference };
    // Written by NetworkManager anew, with the same in it: it was not ours that is left.
    return { is: 'other', ours: isOurs, difference };
  },
  async revert(operation, before, hands) {
    const settings = await settingsOf(operation.connection, hands);
    if (othersOf(settings) === before.others) {
      const path = folder + before.file;
      await putInPlace(path, new Uint8Array(Buffer.from(before.content, 'base64')), before, hands);
      await nmcli(['connection', 'load', path], hands);
    } else if (isSet(settings, operation)) await nmcli(modifying(operation.connection, before.own), hands);
    // An interface that is off by now takes the old settings when it comes up.
    if ((await askNmcli(['device', 'reapply', operation.device], hands)).exit === 0)
      await eventually(async () => !(await isInForce(operation, hands)), hands);
  },
  sweep: async ({ connection }, hands) => {
    const file = (await activeConnections(hands)).find((one) => one.uuid === connection)?.file ?? '';
    if (file.startsWith(folder)) await hands.disk.remove(temporaryName(file, hands.id));
  },
};

/** The server in its own family; what the network names is left out, in the family of the dead one too. */
function wanted({ server, dead }: NmDns): Readonly<Record<string, string>> {
  const [own, other] = [familyOf(server), familyOf(dead)];
  return {
    [`ipv${own}.dns`]: server,
    [`ipv${own}.ignore-auto-dns`]: 'yes',
    ...(own !== other && { [`ipv${other}.dns`]: '', [`ipv${other}.ignore-auto-dns`]: 'yes' }),
  };
}

function modifying(connection: string, values: Readonly<Record<string, string>>): string[] {
  return ['connection', 'modify', 'uuid', connection, ...Object.entries(values).flat()];
}

function isSet(settings: ReadonlyMap<string, string>, operation: NmDns): boolean {
  return Object.entries(wanted(operation)).every(([name, value]) => canonicalOr(settings.get(name)) === canonicalOr(value)); // prettier-ignore
}

function canonicalOr(text = ''): string {
  return isAddress(text) ? canonical(text) : text;
}

/** As nmcli takes them again: `--` is what it prints for nothing in some versions. */
function ownOf(settings: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  return Object.fromEntries(changed.map((name) => [name, (settings.get(name) ?? '').replace(/^--$/, '')]));
}

function othersOf(settings: ReadonlyMap<string, string>): string {
  const left = [...settings].filter(([name]) => !(changed as readonly string[]).includes(name) && name !== 'connection.timestamp'); // prettier-ignore
  return left.map(([name, value]) => `${name}:${value}`).join('\n');
}

function isFileName(name: string): boolean {
  return name !== '' && name.length < 256 && !/[/\0\n]/.test(name) && !name.startsWith('.');
}

async function isInForce({ device, server, dead }: NmDns, hands: Hands): Promise<boolean> {
  const servers = (await serversOf(device, hands))?.map(canonicalOr) ?? [];
  return servers.includes(canonicalOr(server)) && !servers.includes(canonicalOr(dead));
}

async function resolvConf({ disk }: Hands): Promise<string> {
  const file = await disk.read('/etc/resolv.conf', mostBytes).catch(() => null);
  return file === null ? '' : Buffer.from(file.bytes).toString('latin1');
}

/** NetworkManager says "done" before it has written all (measured, 1.42: some milliseconds). */
async function eventually(holds: () => Promise<boolean>, { clock }: Hands): Promise<void> {
  for (let tries = 0; tries < 20 && !(await holds()); tries++) await clock.sleep(100);
}

import { canonical } from '../../model/address.js';
import { Cannot } from '../../model/cannot.js';
import type { FileContent, Rights } from '../../model/disk.js';
import type { ResolvconfDns } from '../../model/name-operations.js';
import { isAddress } from '../bans/element.js';
import { difference } from '../difference.js';
import { bytesOfText, textOfBytes, withoutEdits } from '../files/edit-lines.js';
import { putInPlace, temporaryName } from '../files/put-in-place.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';
import { tagOf } from '../tag.js';
import { Arguments } from '../validate.js';

interface Before extends Rights {
  /** The whole settings, base64; null where there were none. */
  readonly content: string | null;
}

const mostBytes = 256 * 1024;
const bounds = { timeoutMs: 20_000 };

/** Where each is told what comes first, and what it writes (resolvconf.conf(5) of openresolv, resolvconf(8) of Debian). */
const places = {
  openresolv: { settings: '/etc/resolvconf.conf', written: ['/etc/resolv.conf'] },
  head: {
    settings: '/etc/resolvconf/resolv.conf.d/head',
    written: ['/run/resolvconf/resolv.conf', '/etc/resolv.conf'],
  },
} as const;

/** A name server in front of those that resolvconf gets from the network, in its settings, and written at once. */
export const operation: OperationKindOf<ResolvconfDns, Before> = {
  kind: 'resolvconf-dns',
  check(json) {
    const args = new Arguments('resolvconf-dns', json);
    const kind = args.oneOf('kind', ['resolvconf-dns']);
    const by = args.oneOf('by', ['openresolv', 'head']);
    const server = args.text('server', 64);
    args.end();
    if (!isAddress(server)) throw args.wrong('server is no address');
    return { kind, by, server };
  },
  commands: (operation) => [`add '${lineOf(operation)}' to ${places[operation.by].settings}`, 'resolvconf -u'],
  undo: ({ by }) => [`put back ${places[by].settings} as it was`, 'resolvconf -u'],
  async capture(operation, hands) {
    const now = await hands.disk.read(places[operation.by].settings, mostBytes);
    if ((await firstServer(operation, hands)) === canonical(operation.server))
      throw new Cannot(`${operation.server} is asked first already`);
    return now === null
      ? { content: null, mode: 0o644, uid: 0, gid: 0 }
      : { content: Buffer.from(now.bytes).toString('base64'), mode: now.mode, uid: now.uid, gid: now.gid };
  },
  preview: (operation) => [`  ${places[operation.by].settings}:`, `+ ${lineOf(operation)}`],
  async apply(operation, before, hands) {
    await putInPlace(places[operation.by].settings, bytesOfText(leftBy(operation, before, hands.id)), before, hands);
    await update(hands);
  },
  async look(operation, before, hands): Promise<Look> {
    const { settings } = places[operation.by];
    const now = await hands.disk.read(settings, mostBytes);
    const [was, left] = [textBefore(before), leftBy(operation, before, hands.id)];
    const isFirst = (await firstServer(operation, hands)) === canonical(operation.server);
    const text = now === null ? null : textOfBytes(now.bytes);
    const sameRights = now === null || sameAs(now, before);
    const shown = [`  ${settings}:`, ...difference(left.split('\n'), (text ?? '').split('\n'))];
    if (sameRights && text === was) return isFirst ? { is: 'torn', difference: shown } : { is: 'before' };
    if (sameRights && text === left) return isFirst ? { is: 'after' } : { is: 'torn', difference: shown };
    return { is: 'other', ours: text !== null && withoutEdits(text, hands.id) !== text, difference: shown };
  },
  async revert(operation, before, hands) {
    const { settings } = places[operation.by];
    const now = await hands.disk.read(settings, mostBytes);
    const was = textBefore(before);
    const text = now === null ? null : textOfBytes(now.bytes);
    if (now !== null && text !== null && text !== was) {
      const isWhole = text === leftBy(operation, before, hands.id);
      if (isWhole && was === null) await hands.disk.remove(settings);
      else
        await putInPlace(
          settings,
          bytesOfText(isWhole && was !== null ? was : withoutEdits(text, hands.id)),
          isWhole ? before : now,
          hands,
        );
    }
    await update(hands);
  },
  sweep: ({ by }, hands) => hands.disk.remove(temporaryName(places[by].settings, hands.id)),
};

/** openresolv's file is read by a shell: what stands there before stays behind ours. */
function lineOf({ by, server }: ResolvconfDns): string {
  return by === 'openresolv' ? `name_servers="${server} $name_servers"` : `nameserver ${server}`;
}

function leftBy(operation: ResolvconfDns, before: Before, id: string): string {
  const was = textBefore(before) ?? '';
  const end = was === '' || was.endsWith('\n') ? '' : '\n';
  return `${was}${end}# ${tagOf(id)} added the next line\n${lineOf(operation)}${end === '' ? '\n' : ''}`;
}

function textBefore({ content }: Before): string | null {
  return content === null ? null : textOfBytes(new Uint8Array(Buffer.from(content, 'base64')));
}

function sameAs(now: FileContent, before: Before): boolean {
  return now.mode === before.mode && now.uid === before.uid && now.gid === before.gid;
}

async function update({ run }: Hands): Promise<void> {
  mustHaveRun('resolvconf', await run('resolvconf', ['-u'], bounds));
}

/** Of what resolvconf wrote last. */
async function firstServer({ by }: ResolvconfDns, { disk }: Hands): Promise<string | null> {
  for (const file of places[by].written) {
    const found = await disk.read(file, mostBytes).catch(() => null);
    const address = found === null ? undefined : /^\s*nameserver\s+(\S+)/m.exec(textOfBytes(found.bytes))?.[1];
    if (address !== undefined) return canonical(address);
  }
  return null;
}

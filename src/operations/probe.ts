import { Cannot } from '../model/cannot.js';
import type { Probe } from '../model/operation.js';
import { transact } from './nft/chain.js';
import type { Hands, Look, OperationKindOf } from './operation-kind.js';
import { mustHaveRun } from './said.js';
import { Arguments } from './validate.js';

/**
 * Something harmless that is made only to be taken back by the watchdog before the real change: what cannot undo this
 * could not undo that. With nftables it is an empty table, of which nothing is hooked in; else a file of the journal's.
 */
export const operation: OperationKindOf<Probe, null> = {
  kind: 'probe',
  check(json) {
    const args = new Arguments('probe', json);
    args.oneOf('kind', ['probe']);
    const with_ = args.oneOf('with', ['nft', 'disk']);
    args.end();
    return { kind: 'probe', with: with_ };
  },
  commands: () => [],
  undo: () => [],
  preview: () => [],
  async capture(operation, hands) {
    if ((await operationLook(operation, hands)).is !== 'before')
      throw new Cannot('a probe of this change is there already');
    return null;
  },
  async apply(operation, _before, hands) {
    if (operation.with === 'nft') return transact([{ add: { table: tableOf(hands) } }], hands);
    const rights = { mode: 0o600, uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };
    await hands.disk.create(fileOf(hands), new Uint8Array(), rights);
  },
  look: (operation, _before, hands) => operationLook(operation, hands),
  async revert(operation, _before, hands) {
    if (operation.with === 'disk') return hands.disk.remove(fileOf(hands));
    if ((await operationLook(operation, hands)).is !== 'before')
      await transact([{ delete: { table: tableOf(hands) } }], hands);
  },
};

async function operationLook({ with: what }: Probe, hands: Hands): Promise<Look> {
  if (what === 'disk') return { is: (await hands.disk.read(fileOf(hands), 1)) === null ? 'before' : 'after' };
  const { family, name } = tableOf(hands);
  const listed = await hands.run('nft', ['list', 'table', family, name], { timeoutMs: 5_000 });
  if (/No such file or directory/.test(listed.stderr)) return { is: 'before' };
  mustHaveRun('nft', listed);
  return { is: 'after' };
}

function tableOf({ id }: Hands): { readonly family: string; readonly name: string } {
  return { family: 'inet', name: `whoblocked_probe_${id}` };
}

function fileOf({ id, journal }: Hands): string {
  return `${journal}/probe-${id}`;
}

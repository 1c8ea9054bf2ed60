import { Cannot } from '../../model/cannot.js';
import { type BootLoader, bootLoaders, firewallManagers, type ManagerOff } from '../../model/service-operations.js';
import { difference } from '../difference.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';
import { systemctl, type UnitState, unitState } from '../services/unit-state.js';
import { Arguments } from '../validate.js';
import {
  isSameRules,
  kernelRules,
  loadIptables,
  loadNft,
  type TableText,
  type KernelRules,
  linesOf,
  mustLoadAgain,
  restoreRules,
} from './kernel-rules.js';
import { restoreLegacy } from './legacy-rules.js';
import { withoutLoaded, type WithoutLoaded } from './loaded-rules.js';
import { mustBeAllInSettings } from './runtime-only.js';
import { filesDiffering, restoreFiles, type SettingsFile, settingsFiles, sweepFiles } from './settings-files.js';

interface State {
  readonly rules: KernelRules;
  readonly files: readonly SettingsFile[];
  readonly unit: UnitState;
}

const timeoutMs = 60_000;

/**
 * One of two managers of the firewall is switched off by its own means and by systemd: its rules go with it. Undo puts its
 * service, its settings and every rule of this computer back, each in its place.
 */
export const operation: OperationKindOf<ManagerOff, State> = {
  kind: 'manager-off',
  check(json) {
    const args = new Arguments('manager-off', json);
    const kind = args.oneOf('kind', ['manager-off']);
    const manager = args.oneOf('manager', firewallManagers);
    const kept = args.oneOf('kept', firewallManagers);
    args.end();
    if (kept === manager) throw args.wrong('one of the two is kept');
    return { kind, manager, kept };
  },
  commands({ manager, kept }, _id, before) {
    if (isLoader(manager))
      return [
        `systemctl mask ${unitOf(manager)}`,
        `systemctl stop ${unitOf(manager)}`,
        ...without(manager, kept, before).commands,
      ];
    return [
      ...(manager === 'ufw' ? ['ufw disable'] : []),
      `systemctl stop ${unitOf(manager)}`,
      `systemctl mask ${unitOf(manager)}`,
      ...(kept === 'ufw' ? ["load ufw's rules again, where they went too"] : []),
    ];
  },
  undo: ({ manager }) => [
    `systemctl unmask ${unitOf(manager)}, and start it where it ran`,
    'put back its settings, byte for byte, and all rules as they were, each in its place',
  ],
  async capture({ manager, kept }, hands) {
    const [state] = await Promise.all([
      stateNow(manager, hands),
      manager === 'firewalld' ? mustBeAllInSettings(hands) : null,
    ]);
    if (state.unit.file === 'masked') throw new Cannot(`${manager} is masked already`);
    if (isLoader(manager)) without(manager, kept, state);
    else if (kept === 'netfilter-persistent') mustBeApart(manager, state.rules);
    await mustLoadAgain(state.rules, hands);
    return state;
  },
  preview: ({ manager, kept }, state) => [
    `  ${unitOf(manager)}:`,
    `- ${state.unit.active}, ${state.unit.file}`,
    '+ inactive, masked',
    ...(isLoader(manager) ? without(manager, kept, state).commands.slice(0, 30) : []).map((line) => `- ${line}`),
    `  its rules are gone then (of ${linesOf(state.rules).length} lines of rules on this computer), and come back by undo`,
  ],
  async apply({ manager, kept }, before, hands) {
    const { rules } = before;
    if (isLoader(manager)) {
      // In this order: the unit of nftables takes everybody's rules away when it is stopped, a masked one runs nothing.
      await systemctl(['mask', '--', unitOf(manager)], hands);
      await systemctl(['stop', '--', unitOf(manager)], hands);
      const wanted = without(manager, kept, before).rules;
      if (isSameRules(await kernelRules(hands), rules)) await takeOut(rules, wanted, hands);
      else await restoreRules(wanted, hands);
      return;
    }
    if (manager === 'ufw') mustHaveRun('ufw', await hands.run('ufw', ['disable'], { timeoutMs }));
    await systemctl(['stop', '--', unitOf(manager)], hands);
    await systemctl(['mask', '--', unitOf(manager)], hands);
    // Where firewalld works by iptables, its end takes ufw's rules along.
    if (kept === 'ufw' && !isLoaded(ufwLines(await kernelRules(hands)), ufwLines(rules))) await loadUfw(rules, hands);
  },
  settled: ({ manager }, hands) => stateNow(manager, hands),
  async look({ manager }, before, hands, after): Promise<Look> {
    const now = await stateNow(manager, hands);
    if (isSame(before, now)) return { is: 'before' };
    if (after === undefined) return { is: 'torn', difference: differing(before, now) };
    // Noted by `settled`, in a journal whose checksum held.
    const left = after as State;
    return isSame(left, now) ? { is: 'after' } : { is: 'other', ours: true, difference: differing(left, now) };
  },
  async revert({ manager }, before, hands) {
    const unit = unitOf(manager);
    const now = await unitState(unit, hands);
    if (now.file === 'masked') await systemctl(['unmask', '--', unit], hands);
    await restoreFiles(before.files, [manager], hands);
    if (before.unit.active === 'active' && (await unitState(unit, hands)).active !== 'active')
      await systemctl(['start', '--', unit], hands);
    // What it writes and loads as it starts is not what stood there.
    await restoreFiles(before.files, [manager], hands);
    await restoreRules(before.rules, hands);
  },
  async sweep({ manager }, hands) {
    await sweepFiles([manager], hands);
    await hands.disk.remove(`${hands.journal}/draft-${hands.id}`);
  },
};

function isLoader(manager: ManagerOff['manager']): manager is BootLoader {
  return bootLoaders.some((one) => one === manager);
}

function without(manager: BootLoader, kept: string, { rules, files }: State): WithoutLoaded {
  const texts = files.map(({ path, content }) => ({ path, text: Buffer.from(content, 'base64').toString('utf8') }));
  return withoutLoaded(rules, manager, kept, texts);
}

/** Everybody else's rules are not touched. */
async function takeOut(rules: KernelRules, wanted: KernelRules, hands: Hands): Promise<void> {
  const isThere = (one: TableText): boolean =>
    wanted.tables.some(({ family, name }) => family === one.family && name === one.name);
  const gone = rules.tables.filter((table) => !isThere(table));
  if (gone.length > 0)
    await loadNft(gone.map(({ family, name }) => `delete table ${family} ${name}\n`).join(''), hands);
  for (const table of wanted.tables)
    if (!rules.tables.some(({ text }) => text === table.text))
      mustHaveRun('iptables-restore', await loadIptables(table, hands));
  await restoreLegacy(wanted.legacy, hands);
}

/** ufw sets the policies of all chains as it goes, and firewalld in iptables' tables empties them. */
function mustBeApart(manager: string, { tables }: KernelRules): void {
  const sign = manager === 'ufw' ? /\bufw6?-before-/ : firewalldChain;
  if (tables.some(({ by, text }) => by === 'iptables' && sign.test(text)))
    throw new Cannot(`${manager} and netfilter-persistent have their rules in the same tables: one cannot go alone`);
}

function ufwLines(rules: KernelRules): string[] {
  return linesOf(rules).filter((line) => /\bufw6?-/.test(line));
}

/** All that was there still is, and the packets are led to it. */
function isLoaded(now: readonly string[], before: readonly string[]): boolean {
  const leads = ['INPUT', 'OUTPUT', 'FORWARD'].every((chain) =>
    now.some((line) => line.startsWith(`-A ${chain} -j ufw-before-`)),
  );
  return leads && now.join('\n') === before.join('\n');
}

/** firewalld's own chains, where it works by iptables. */
const firewalldChain = /^:\w+_(?:direct|ZONES)\b/m;

/** As they were loaded before, rule for rule; ufw itself takes ten times as long, and is asked where they stood with others. */
async function loadUfw({ tables }: KernelRules, hands: Hands): Promise<void> {
  const own = tables.filter(({ by, text }) => by === 'iptables' && /\bufw6?-before-/.test(text));
  if (own.length === 0 || own.some(({ text }) => firewalldChain.test(text)))
    mustHaveRun('ufw', await hands.run('ufw', ['reload'], { timeoutMs }));
  else for (const table of own) mustHaveRun('iptables-restore', await loadIptables(table, hands));
}

function unitOf(manager: ManagerOff['manager']): string {
  return `${manager}.service`;
}

async function stateNow(manager: ManagerOff['manager'], hands: Hands): Promise<State> {
  const [rules, files, unit] = await Promise.all([
    kernelRules(hands),
    settingsFiles([manager], hands),
    unitState(unitOf(manager), hands),
  ]);
  return { rules, files, unit };
}

function isSame(one: State, other: State): boolean {
  return (
    one.unit.active === other.unit.active &&
    one.unit.file === other.unit.file &&
    isSameRules(one.rules, other.rules) &&
    filesDiffering(one.files, other.files).length === 0
  );
}

function differing(before: State, now: State): string[] {
  return [
    ...(before.unit.active === now.unit.active ? [] : [`  its service is ${now.unit.active}`]),
    ...difference(linesOf(before.rules), linesOf(now.rules)),
    ...filesDiffering(before.files, now.files),
  ];
}

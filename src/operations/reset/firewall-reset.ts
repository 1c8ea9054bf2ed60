import { Cannot } from '../../model/cannot.js';
import { resetTargets, type FirewallReset, type ResetTarget } from '../../model/operation.js';
import { difference } from '../difference.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';
import { Arguments } from '../validate.js';
import { type BootFiles, bootFiles } from './boot-files.js';
import {
  isSameRules,
  kernelRules,
  linesOf,
  loadNft,
  mustLoadAgain,
  restoreRules,
  type KernelRules,
} from './kernel-rules.js';
import { emptyLegacy } from './legacy-rules.js';
import { mustBeAllInSettings } from './runtime-only.js';
import { filesDiffering, restoreFiles, settingsFiles, sweepFiles, type SettingsFile } from './settings-files.js';

interface State {
  readonly rules: KernelRules;
  readonly files: readonly SettingsFile[];
}

/** `boot`: what a reset to the files of the start will load, to be told. */
interface Before extends State {
  readonly boot?: BootFiles;
}

const timeoutMs = 60_000;

/** The whole firewall anew, by whoever manages it; the copy made before is what undo puts back, all of it. */
export const operation: OperationKindOf<FirewallReset, Before> = {
  kind: 'firewall-reset',
  check(json) {
    const args = new Arguments('firewall-reset', json);
    args.oneOf('kind', ['firewall-reset']);
    const to = args.list('to', resetTargets.length, (item) => new Arguments('a target', { item }).oneOf('item', resetTargets)); // prettier-ignore
    args.end();
    if (new Set(to).size !== to.length) throw args.wrong('a target is named twice');
    return { kind: 'firewall-reset', to };
  },
  commands: ({ to }, _id, { boot }) =>
    to.flatMap((target) => [...words[target], ...(target === 'boot-files' ? loadingWords(boot) : [])]),
  undo: (_operation, _id, { files }) => [
    ...(files.length === 0 ? [] : [`put back the ${files.length} files of its settings, byte for byte`]),
    'put back all rules as they were, each in its place',
  ],
  async capture({ to }, hands) {
    if (to.includes('firewalld')) await mustBeAllInSettings(hands);
    const state = await stateNow(to, hands);
    await mustLoadAgain(state.rules, hands);
    return to.includes('boot-files') ? { ...state, boot: await bootFiles(hands) } : state;
  },
  preview({ to }, { rules, files }) {
    // A manager takes away its own rules and no others.
    const isAll = to.some((target) => target === 'boot-files' || target === 'nothing');
    const mark = isAll ? '- ' : '  ';
    return [
      isAll
        ? '  rules of this computer that are gone then, and come back by undo:'
        : `  of these rules those of ${to.join(' and ')} change, and undo puts all back:`,
      ...rules.tables.map(
        ({ family, name, text }) => `${mark}table ${family} ${name} (${text.split('\n').length} lines)`,
      ),
      ...[rules.legacy.four, rules.legacy.six].flatMap((text, i) =>
        text === '' ? [] : [`${mark}iptables-legacy, IPv${i === 0 ? 4 : 6} (${text.split('\n').length} lines)`],
      ),
      ...files.slice(0, 20).map(({ path }) => `  copied: ${path}`),
    ];
  },
  async apply({ to }, _before, hands) {
    for (const target of to) await resets[target](hands);
  },
  settled: ({ to }, hands) => stateNow(to, hands),
  async look({ to }, before, hands, after): Promise<Look> {
    const now = await stateNow(to, hands);
    if (isSame(before, now)) return { is: 'before' };
    if (after === undefined) return { is: 'torn', difference: differing(before, now) };
    // Noted by `settled`, in a journal whose checksum held.
    const left = after as State;
    return isSame(left, now) ? { is: 'after' } : { is: 'other', ours: true, difference: differing(left, now) };
  },
  async revert({ to }, before, hands) {
    const isChanged = await restoreFiles(before.files, to, hands);
    if (isChanged && to.includes('firewalld'))
      mustHaveRun('firewall-cmd', await hands.run('firewall-cmd', ['--reload'], { timeoutMs }));
    // What firewalld writes while it loads is not what stood there.
    if (isChanged) await restoreFiles(before.files, to, hands);
    await restoreRules(before.rules, hands);
  },
  async sweep({ to }, hands) {
    await sweepFiles(to, hands);
    await hands.disk.remove(`${hands.journal}/draft-${hands.id}`);
  },
};

const words: Readonly<Record<ResetTarget, readonly string[]>> = {
  ufw: ['ufw --force reset'],
  firewalld: ['firewall-cmd --reset-to-defaults'],
  'boot-files': ['nft flush ruleset'],
  nothing: ['nft flush ruleset', 'iptables-legacy -F (and all policies to ACCEPT)'],
};

function loadingWords(boot: BootFiles | undefined): string[] {
  const { nft = null, iptables = [] } = boot ?? {};
  const saved = iptables.map(({ family, file }) => `${family === 4 ? 'iptables' : 'ip6tables'}-restore ${file}`);
  const all = [...(nft === null ? [] : [`nft -f ${nft}`]), ...saved];
  return all.length > 0 ? all : ['(no file of rules that is loaded at boot was found: no rule is there then)'];
}

const resets: Readonly<Record<ResetTarget, (hands: Hands) => Promise<void>>> = {
  async ufw(hands) {
    mustHaveRun('ufw', await hands.run('ufw', ['--force', 'reset'], { timeoutMs }));
  },
  async firewalld(hands) {
    const done = await hands.run('firewall-cmd', ['--reset-to-defaults'], { timeoutMs });
    if (/unrecognized arguments/.test(done.stderr))
      throw new Cannot('this firewalld cannot go back to its defaults by itself (it takes version 1.2 or newer)');
    mustHaveRun('firewall-cmd', done);
  },
  async 'boot-files'(hands) {
    const { nft, iptables } = await bootFiles(hands);
    await loadNft(`flush ruleset\n${nft === null ? '' : `include "${nft}"\n`}`, hands);
    await emptyLegacy(hands);
    for (const { family, file } of iptables)
      mustHaveRun(
        'iptables-restore',
        await hands.run(family === 4 ? 'iptables-restore' : 'ip6tables-restore', ['-w', '5', file], { timeoutMs }),
      );
  },
  async nothing(hands) {
    await loadNft('flush ruleset\n', hands);
    await emptyLegacy(hands);
  },
};

async function stateNow(to: readonly ResetTarget[], hands: Hands): Promise<State> {
  const [rules, files] = await Promise.all([kernelRules(hands), settingsFiles(to, hands)]);
  return { rules, files };
}

function isSame(one: State, other: State): boolean {
  return isSameRules(one.rules, other.rules) && filesDiffering(one.files, other.files).length === 0;
}

function differing(before: State, now: State): string[] {
  return [...difference(linesOf(before.rules), linesOf(now.rules)), ...filesDiffering(before.files, now.files)];
}

import { familyOf } from '../../model/address.js';
import { fact } from '../../model/facts.js';
import type { EditableFile, LineEdit } from '../../model/file-operations.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';
import { hostName } from '../../operations/files/added-line.js';
import {
  blamedSetting,
  editsByFile,
  isFromEnvironment,
  lookForLines,
  mayStandInFile,
  nowhereSet,
  type SettingLine,
  type SettingLooks,
  type Where,
} from './setting-lines.js';

/** The same in the files of this computer, or in those of the user's own home. */
export const bypassIn = (where: Where): Remedy<SettingLooks> => ({
  id: where === 'home' ? 'bypass-own-proxy' : 'bypass-proxy',
  risk: 'low',
  needs: where === 'home' ? 'none' : 'root',
  platforms: ['linux'],
  title: 'lets only this host be reached without the proxy (no_proxy)',
  // Whether it stands in one's own files is not known before they are read.
  offers: (ailment) => where === 'system' && mayStandInFile(ailment) && answersDirectly(ailment),
  concerns: (ailment) => where === 'home' || mayStandInFile(ailment),
  look: (ailment, { system }) => lookForLines(blamedSetting(ailment), system, where),
  plan(ailment, looks): Plan | { readonly whyNot: string } {
    const setting = blamedSetting(ailment);
    const { host } = ailment.target;
    if (!isFromEnvironment(setting)) return { whyNot: 'the proxy is set by no variable of the environment' };
    if (!answersDirectly(ailment)) return { whyNot: 'the target does not answer without the proxy either' };
    if (!hostName.test(host)) return { whyNot: 'the name of the target cannot be written into a list of hosts' };
    const own = looks.lines.filter((line) => line.setting.name === setting.name && isOfSessions(line.file));
    const [first] = own;
    if (first?.text == null) return { whyNot: nowhereSet(setting) };
    const { edit, isNew } = entryIn(looks.texts[first.file] ?? '', first, host);
    if (isNew && looks.noProxy !== null)
      return { whyNot: `${looks.noProxy.name} is set elsewhere: another line of it would take the place of that one` };
    const value = looks.noProxy === null ? host : `${looks.noProxy.value},${host}`;
    return {
      title: `lets ${host} alone be reached without the proxy`,
      operations: editsByFile([{ file: first.file, edit }]),
      // An entry of no_proxy stands for the names below it too (curl, lib/noproxy.c).
      opens: [],
      wider: false,
      mayCutOff: false,
      notes: [
        ...(familyOf(host) === 0 ? [`names below ${host} go without the proxy too`] : []),
        'sessions and programs that run already keep the old setting until they are started again',
      ],
      session: { [looks.noProxy?.name ?? 'no_proxy']: value },
    };
  },
});

/** Only this host is reached without the proxy: an entry of no_proxy, in the file that sets the proxy. */
export const remedy = bypassIn('system');

function answersDirectly({ facts }: Ailment): boolean {
  const direct = fact(facts, 'connect.direct');
  return direct?.connect.some(({ first }) => first.failure === undefined && first.pending !== true) === true;
}

/** Files that every session reads. Programs with settings of their own have no_proxy in other words, or none. */
function isOfSessions(file: EditableFile): boolean {
  return /^(?:~\/\.(?:profile|bash_profile|bashrc|zshenv|zprofile|zshrc)$|~\/\.config\/environment\.d\/|environment|profile|bash\.?bashrc|bashrc|zsh\/|profile\.d\/|environment\.d\/)/.test(
    file,
  );
}

function entryIn(
  text: string,
  { file, number, text: was }: SettingLine,
  host: string,
): { readonly edit: LineEdit; readonly isNew: boolean } {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const at = lines.findLastIndex((line) => /^\s*(?:export\s+)?no_proxy=/i.test(line));
  if (at >= 0)
    return {
      edit: { do: 'change', line: at + 1, was: lines[at] ?? '', how: { is: 'no-proxy', host } },
      isNew: false,
    };
  const style = /^(?:environment$|environment\.d\/|~\/\.config\/environment\.d\/)/.test(file) ? 'plain' : 'shell';
  return { edit: { do: 'add', below: number, was: was ?? '', what: { is: 'no-proxy', style, host } }, isNew: true };
}

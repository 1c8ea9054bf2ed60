import { fileText } from '../../model/file-operations.js';
import type { Plan, Remedy } from '../../model/remedy.js';
import {
  blamedSetting,
  editsByFile,
  isFromEnvironment,
  lookForLines,
  mayStandInFile,
  nowhereSet,
  type SettingLooks,
  type Where,
} from './setting-lines.js';

/** The same in the files of this computer, or in those of the user's own home. */
export const unsetIn = (where: Where): Remedy<SettingLooks> => ({
  id: where === 'home' ? 'unset-own-proxy' : 'unset-proxy',
  risk: 'low',
  needs: where === 'home' ? 'none' : 'root',
  platforms: ['linux'],
  title: 'switches off the lines that set this proxy, so that programs go without it',
  // Whether it stands in one's own files is not known before they are read.
  offers: (ailment) => where === 'system' && mayStandInFile(ailment),
  concerns: (ailment) => where === 'home' || mayStandInFile(ailment),
  look: (ailment, { system }) => lookForLines(blamedSetting(ailment), system, where),
  plan(ailment, { lines, variables, elsewhere }): Plan | { readonly whyNot: string } {
    const setting = blamedSetting(ailment);
    if (!isFromEnvironment(setting)) return { whyNot: 'the proxy is set by no variable of the environment' };
    if (!lines.some((line) => line.setting.name === setting.name)) return { whyNot: nowhereSet(setting) };
    if (elsewhere)
      return { whyNot: 'files of this computer set that proxy too: without your own lines it would still be used' };
    const several = lines.find(({ text }) => text === null || setsMore(text));
    if (several !== undefined)
      return { whyNot: `line ${several.number} of ${fileText(several.file)} sets more than this proxy` };
    const unique = [...new Map(lines.map((line) => [`${line.file}:${line.number}`, line])).values()];
    const edits = unique.map(({ file, number, text }) => ({
      file,
      edit: { do: 'comment-out' as const, line: number, was: text ?? '' },
    }));
    const places = unique.map(({ file, number }) => `${fileText(file)}:${number}`);
    return {
      title: `no longer sets the proxy ${setting.server.host} (${places.join(', ')})`,
      operations: editsByFile(edits),
      opens: ['every other address is reached without that proxy too'],
      wider: true,
      mayCutOff: false,
      notes: ['sessions and programs that run already keep the old setting until they are started again'],
      session: Object.fromEntries(variables.map((name) => [name, null])),
    };
  },
});

/** The lines that set the dead proxy are switched off, in every file that sets it: sessions, apt, git, npm and others. */
export const remedy = unsetIn('system');

/** `export http_proxy=… https_proxy=…` sets two; in gitconfig and others a line holds one. */
function setsMore(text: string): boolean {
  return [...text.matchAll(/(?:^|[\s;])[A-Za-z_]\w*=/g)].length > 1 || text.includes('{');
}

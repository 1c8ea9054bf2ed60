import { proxyUrl } from '../../model/proxied.js';
import { answeringProxy } from '../../model/proxy-trial.js';
import type { Plan, Remedy } from '../../model/remedy.js';
import { hostName } from '../../operations/files/added-line.js';
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
export const correctIn = (where: Where): Remedy<SettingLooks> => ({
  id: where === 'home' ? 'correct-own-proxy' : 'correct-proxy',
  risk: 'low',
  needs: where === 'home' ? 'none' : 'root',
  platforms: ['linux'],
  title: 'writes the proxy as it answers, in the file that sets it',
  // Whether it stands in one's own files is not known before they are read.
  offers: (ailment) => where === 'system' && mayStandInFile(ailment) && answeringProxy(ailment.facts) !== null,
  concerns: (ailment) => where === 'home' || mayStandInFile(ailment),
  look: (ailment, { system }) => lookForLines(blamedSetting(ailment), system, where),
  plan(ailment, { lines, variables }): Plan | { readonly whyNot: string } {
    const setting = blamedSetting(ailment);
    const works = answeringProxy(ailment.facts)?.server;
    if (!isFromEnvironment(setting) || !works)
      return { whyNot: 'no other way of speaking to that proxy led to the target' };
    const { server } = setting;
    if (server.authentication) return { whyNot: 'the setting holds a login: whoever knows it has to write it anew' };
    if (!hostName.test(server.host)) return { whyNot: 'the name of the proxy cannot be written here' };
    const wrong = lines.filter((line) => line.text !== null && line.setting.server?.scheme === server.scheme);
    if (!wrong.some((line) => line.setting.name === setting.name)) return { whyNot: nowhereSet(setting) };
    const edits = wrong.map(({ file, number, text, setting: found }) => {
      const from = { host: server.host, port: found.server?.portGiven ? server.port : null };
      const { scheme, host, port } = works;
      return {
        file,
        edit: {
          do: 'change' as const,
          line: number,
          was: text ?? '',
          how: { is: 'proxy' as const, from, to: { scheme, host, port } },
        },
      };
    });
    return {
      title: `writes the proxy as ${proxyUrl(works)}, as it answers`,
      operations: editsByFile(edits),
      opens: [],
      wider: false,
      mayCutOff: false,
      notes: ['sessions and programs that run already keep the old setting until they are started again'],
      session: Object.fromEntries(variables.map((name) => [name, proxyUrl(works)])),
    };
  },
});

/** The same proxy, written as it answered when it was tried. */
export const remedy = correctIn('system');

import { resolve } from 'node:path';
import { askScanners, chosen, examine, quarantined } from '../engine/quarantine.js';
import type { QuarantinedFile } from '../model/quarantine.js';
import type { Settings } from '../model/settings.js';
import type { System } from '../model/system.js';
import { fileText, listText, scanText } from '../report/quarantine-text.js';
import { printable } from '../report/json.js';
import { openSystem } from '../system/open-system.js';
import type { Call } from './arguments.js';
import { readSettings } from './config.js';
import { exitCodes } from './exit-codes.js';
import { thisInvocation } from './invocation.js';
import { print } from './output.js';
import type { QuarantineCall } from './quarantine-arguments.js';
import { WrongWords } from './wrong-words.js';

const schema = 'whoblocked/quarantine/1';

/** `whoblocked quarantine list | inspect ID | scan ID | restore ID`: all but the last read only. */
export async function quarantineCommand(
  call: Extract<Call, { command: 'quarantine' }>,
  script: string,
): Promise<number> {
  const system = await openSystem();
  const show = async (value: object, text: () => string): Promise<void> =>
    void (await print(call.json ? `${printable(JSON.stringify({ schema, ...value }, null, 2))}\n` : text()));
  if (call.verb === 'list') {
    const list = await quarantined(system);
    await show({ ...list }, () => listText(list));
    return exitCodes.works;
  }
  const one = await wanted(call.id, system);
  if (call.verb === 'inspect') {
    const examined = await examine(one, system);
    await show({ ...examined }, () => fileText(examined.file, examined.signs));
    return exitCodes.works;
  }
  if (call.verb === 'restore') {
    const { restoreCommand } = await import('./quarantine-restore.js');
    const json = (value: object): Promise<void> => show(value, () => '');
    return restoreCommand(one, call.accepted, await settingsOf(call, system), system, script, json, call.json);
  }
  const judged = await askScanners(one, await settingsOf(call, system), system, AbortSignal.timeout(120_000));
  const restore = `${thisInvocation(script).asRoot} quarantine restore ${one.id}`;
  await show({ ...judged }, () => scanText(judged, restore));
  return judged.verdict === 'harmful'
    ? exitCodes.named
    : judged.verdict === 'clean'
      ? exitCodes.works
      : exitCodes.untold;
}

/** `--yara` counts more than what the settings say. */
async function settingsOf(
  { config, yara }: Extract<QuarantineCall, { verb: 'scan' | 'restore' }>,
  system: System,
): Promise<Settings> {
  const place = {
    explicit: config,
    root: system.identity.root,
    environment: (name: string) => system.environment(name),
  };
  const settings = await readSettings(place, system.files);
  return yara === null ? settings : { ...settings, scanners: { ...settings.scanners, yaraRules: resolve(yara) } };
}

async function wanted(word: string, system: System): Promise<QuarantinedFile> {
  const list = await quarantined(system);
  const one = chosen(list, word);
  if (one) return one;
  const closed = list.folders.find(({ readable }) => !readable);
  throw new WrongWords(
    closed && !system.identity.root
      ? `no such file is seen in a quarantine; only root may look into ${closed.folder}`
      : 'no file in a quarantine has that id (whoblocked quarantine list shows them)',
  );
}

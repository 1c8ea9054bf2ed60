import { askScanners, chosen, examine, quarantined } from '../engine/quarantine.js';
import type { QuarantinedFile } from '../model/quarantine.js';
import type { System } from '../model/system.js';
import { fileText, listText, scanText } from '../report/quarantine-text.js';
import { printable } from '../report/json.js';
import { openSystem } from '../system/open-system.js';
import type { Call } from './arguments.js';
import { exitCodes } from './exit-codes.js';
import { thisInvocation } from './invocation.js';
import { print } from './output.js';
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
    return restoreCommand(one, call.accepted, system, script, json, call.json);
  }
  const judged = await askScanners(one, system, AbortSignal.timeout(120_000));
  const restore = `${thisInvocation(script).asRoot} quarantine restore ${one.id}`;
  await show({ ...judged }, () => scanText(judged, restore));
  return judged.verdict === 'harmful'
    ? exitCodes.named
    : judged.verdict === 'clean'
      ? exitCodes.works
      : exitCodes.untold;
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

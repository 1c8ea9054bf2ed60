import { Cannot } from '../model/cannot.js';
import { renderChangesJson } from '../report/changes.js';
import { changesText } from '../report/changes-text.js';
import { openSystem } from '../system/open-system.js';
import { exitCodes } from './exit-codes.js';
import { thisInvocation } from './invocation.js';
import { print, warn } from './output.js';
import type { RepairCall } from './repair-arguments.js';
import { openRepair } from './repair-tools.js';

/** `whoblocked changes`: what was changed, when, why and for which target, and what would come back. */
export async function changesCommand(
  call: Extract<RepairCall, { command: 'changes' }>,
  script: string,
): Promise<number> {
  try {
    const system = await openSystem();
    const { tools, left } = await openRepair(system, script);
    const changes = (await tools.journal.entries()).flatMap((entry) => (entry.is === 'change' ? [entry.change] : []));
    const { unreadable } = left;
    if (call.json) await print(renderChangesJson({ changes, ...(unreadable.length > 0 && { unreadable }) }));
    else if (changes.length > 0 || unreadable.length === 0)
      await print(changesText(changes, `${thisInvocation(script).plain} undo`));
    if (!call.json && !system.identity.root && (await system.files.exists('/var/lib/whoblocked')))
      await print(`Of what was changed as root: ${thisInvocation(script).asRoot} changes\n`);
    return unreadable.length > 0 || left.unfinished.length > 0 ? exitCodes.named : exitCodes.works;
  } catch (error) {
    if (!(error instanceof Cannot)) throw error;
    warn(error.message);
    return exitCodes.named;
  }
}

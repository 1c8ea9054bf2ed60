import type { System } from '../../model/system.js';
import { realDisk } from '../../system/disk.js';
import { isAlive, processMark } from '../../system/linux/process-mark.js';
import { startWatchdogProcess, systemdRunHere } from '../../system/linux/watchdog-process.js';
import { Journal } from './journal.js';
import type { Tools } from './tools.js';

/** The real ones. `script` is this program's own file: the watchdog is the same program. */
export async function openTools(system: System, script: string): Promise<Tools> {
  const { clock, run, identity, environment, random } = system;
  const systemdRun = systemdRunHere();
  return {
    journal: await Journal.open({ disk: realDisk, clock, identity, environment }),
    disk: realDisk,
    run,
    clock,
    random,
    self: processMark(),
    isAlive,
    watchdogs: (systemdRun === null ? [null] : [systemdRun, null]).map(
      (program) => (change) =>
        startWatchdogProcess(script, change.id, change.state === 'confirmed' ? 'undo' : 'change', program),
    ),
  };
}

import { parseCall } from './arguments.js';
import type { Call } from './arguments.js';
import { exitCodes } from './exit-codes.js';
import { leave, print, warn } from './output.js';
import { WrongWords } from './wrong-words.js';

// Everything beyond these few files is imported when a command needs it: half of a short diagnosis is start-up.

async function run(call: Call, script: string): Promise<number> {
  switch (call.command) {
    case 'help':
      await print((await import('./help.js')).helpFor(call.about));
      return exitCodes.works;
    case 'version':
      await print(`${(await import('../engine/version.js')).version}\n`);
      return exitCodes.works;
    case 'diagnose':
      return (await import('./diagnose.js')).diagnoseCommand(call, script);
    case 'as-program':
      return (await import('./as-program.js')).asProgramCommand(call, script);
    case 'run':
      return (await import('./run.js')).runCommand(call, script);
    case 'probe-from-place':
      return (await import('./probe-from-place.js')).probeFromPlace();
    case 'root-step':
      return (await import('./root-step.js')).rootStep(script);
    case 'explain':
      return (await import('./explain.js')).explainCommand(call, script);
    case 'rules':
      return (await import('./rules.js')).rulesCommand(call);
    case 'rules-target':
      return (await import('./rules-target.js')).rulesTargetCommand(call, script);
    case 'inbound':
      return (await import('./inbound.js')).inboundCommand(call, script);
    case 'compare':
      return (await import('./compare.js')).compareCommand(call, script);
    case 'fix':
      return (await import('./fix.js')).fixCommand(call, script);
    case 'undo':
      return (await import('./undo.js')).undoCommand(call, script);
    case 'changes':
      return (await import('./changes.js')).changesCommand(call, script);
    case 'pause':
      return (await import('./pause.js')).pauseCommand(call, script);
    case 'reset':
      return (await import('./reset.js')).resetCommand(call, script);
    case 'watchdog':
      return (await import('./watchdog.js')).watchdogCommand(call, script);
    case 'quarantine':
      return (await import('./quarantine.js')).quarantineCommand(call, script);
    case 'report':
      return (await import('./report.js')).reportCommand(call);
    case 'replay':
      return (await import('./replay.js')).replayCommand(call, script);
  }
}

async function main(script: string): Promise<number> {
  try {
    return await run(parseCall(process.argv.slice(2)), script);
  } catch (error) {
    if (error instanceof WrongWords) {
      warn(error.message);
      return exitCodes.wrongWords;
    }
    warn(`a fault of its own, please report it: ${error instanceof Error ? error.message : String(error)}`);
    if (process.env['WHOBLOCKED_DEBUG'] === '1' && error instanceof Error)
      process.stderr.write(`${error.stack ?? ''}\n`);
    return exitCodes.ownFault;
  }
}

/** Runs the whole program and ends the process. `script` is the file that was started. */
export function start(script: string): void {
  void main(script).then(leave);
}

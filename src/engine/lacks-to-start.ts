import { headBytes, interpreterOf, isCutOff, isElf } from '../inspectors/program/interpreter.js';
import { isRunByAnother } from '../inspectors/program/registered-kinds.js';
import { fact } from '../model/facts.js';
import type { Report } from '../model/report.js';
import type { FileResult, System } from '../model/system.js';

/**
 * What a file lacks that may be run and yet cannot be started: execve(2) then says ENOENT or ENOEXEC, which shells pass on as
 * "not found" of the file itself. Null where it lacks nothing that is seen.
 */
export async function lacksToStart(file: string, { files }: Pick<System, 'files'>): Promise<string | null> {
  const read = await files.read(file, headBytes);
  if (!read.ok) return null;
  const interpreter = interpreterOf(read.bytes);
  if (interpreter !== null) {
    if (await files.exists(interpreter)) return cutOff(file, read.bytes, files);
    const what = isElf(read.bytes) ? 'is a program for another system or architecture' : 'is a script';
    return `${file} ${what}: it wants to be run by ${interpreter}, which is not there`;
  }
  const isForeign = isElf(read.bytes) && !runsHere(read.bytes, await files.read('/proc/self/exe', headBytes));
  const byAnother = await isRunByAnother(file, read.bytes, files);
  if (isForeign && !byAnother) return `${file} is a program for another kind of processor, or damaged`;
  const cut = await cutOff(file, read.bytes, files);
  if (cut !== null) return cut;
  if (isElf(read.bytes) || Buffer.from(read.bytes.subarray(0, 2)).toString('latin1') === '#!' || byAnother) return null;
  return `${file} is no program, and its first line names none that runs it (such as #!/bin/sh)`;
}

async function cutOff(file: string, head: Uint8Array, files: System['files']): Promise<string | null> {
  const details = await files.details(file);
  return typeof details === 'object' && details.kind === 'file' && isCutOff(head, details.size)
    ? `${file} is a program that was cut off: it is shorter than its own header says`
    : null;
}

/**
 * The same of the program that a report speaks of. What it could not open is not opened here: a guard that never answers would
 * hold this process as well.
 */
export async function lackOfReported({ facts }: Report, system: Pick<System, 'files'>): Promise<string | null> {
  const program = fact(facts, 'device.program');
  if (!program || program.path === null || program.running) return null;
  if (program.opens === 'ok') return lacksToStart(program.path, system);
  const stat = await system.files.stat(program.path);
  if (stat === 'ELOOP') return `${program.path}: its symbolic links lead in a circle`;
  return typeof stat === 'string' || stat.kind === 'file' ? null : `${program.path} is no file, and so no program`;
}

/** EM_386: machines of 64 bits run those too, when the kernel is built so. */
const of32Bits = 3;

/** By the machine that an ELF header names, against that of this very program. */
function runsHere(head: Uint8Array, own: FileResult): boolean {
  if (!own.ok || head.length < 20 || own.bytes.length < 20) return true;
  const machine = (bytes: Uint8Array): number => Buffer.from(bytes).readUInt16LE(18);
  return machine(head) === machine(own.bytes) || machine(head) === of32Bits;
}

import fs from 'node:fs';
import type { LoadedProgram, ProgramHook } from '../../model/policy-facts.js';
import { errnoName } from '../errno-names.js';
import type { Libc } from './libc.js';

/** Commands, attach types and flags of bpf(2) (include/uapi/linux/bpf.h). */
const BPF_PROG_GET_NEXT_ID = 11;
const BPF_PROG_GET_FD_BY_ID = 13;
const BPF_OBJ_GET_INFO_BY_FD = 15;
const BPF_PROG_QUERY = 16;
const groupHooks: readonly (readonly [ProgramHook, number])[] = [
  ['ingress', 0],
  ['egress', 1],
  ['sock-create', 2],
  ['connect4', 10],
  ['connect6', 11],
  ['sendmsg4', 14],
  ['sendmsg6', 15],
];
const interfaceHooks: readonly (readonly [ProgramHook, number])[] = [
  ['tc-ingress', 46], // BPF_TCX_INGRESS, Linux 6.6
  ['tc-egress', 47],
];
/** BPF_PROG_TYPE_SCHED_CLS, _SCHED_ACT and _XDP. */
const interfaceKinds: ReadonlySet<number> = new Set([3, 4, 6]);
const mostLoaded = 4096;
const mostPrograms = 64;
const attributeBytes = 128;
/** struct bpf_prog_info: type at 0, load_time at 40, created_by_uid at 48, name at 64. */
const infoBytes = 256;

/** Programs attached to that control group itself, not to those above it; or the errno. */
export function programsOfDirectory(libc: Libc, directory: string): LoadedProgram[] | string {
  let fd = -1;
  try {
    fd = fs.openSync(directory, fs.constants.O_RDONLY | fs.constants.O_DIRECTORY);
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
  }
  try {
    return queried(libc, fd, groupHooks);
  } finally {
    fs.closeSync(fd);
  }
}

/** Programs of the newer kind on an interface, by its index; older kinds are known to tc(8) and ip(8). */
export function programsOfInterface(libc: Libc, index: number): LoadedProgram[] | string {
  return queried(libc, index, interfaceHooks);
}

/**
 * Whether any program is loaded of those kinds that are put on interfaces, by whatever way: where there is none, nobody
 * needs to look at interfaces for them. True where the kernel does not tell.
 */
export function areForInterfacesLoaded(libc: Libc): boolean {
  const attribute = new DataView(new ArrayBuffer(attributeBytes));
  for (let count = 0; count < mostLoaded; count++) {
    if (libc.bpf(BPF_PROG_GET_NEXT_ID, new Uint8Array(attribute.buffer)) < 0)
      return errnoName(libc.errno()) !== 'ENOENT'; // there are no more
    const id = attribute.getUint32(4, true);
    const info = infoOf(libc, id);
    if (info === null || interfaceKinds.has(info.getUint32(0, true))) return true;
    attribute.setUint32(0, id, true);
  }
  return true;
}

function queried(libc: Libc, target: number, hooks: typeof groupHooks): LoadedProgram[] | string {
  const found: LoadedProgram[] = [];
  for (const [hook, type] of hooks) {
    const ids = new Uint32Array(new ArrayBuffer(4 * mostPrograms));
    const attribute = new DataView(new ArrayBuffer(attributeBytes));
    attribute.setUint32(0, target, true);
    attribute.setUint32(4, type, true);
    attribute.setBigUint64(16, libc.address(new Uint8Array(ids.buffer)), true);
    attribute.setUint32(24, mostPrograms, true);
    if (libc.bpf(BPF_PROG_QUERY, new Uint8Array(attribute.buffer)) < 0) {
      const errno = errnoName(libc.errno());
      if (errno === 'EINVAL') continue; // this kernel does not know that place
      return errno;
    }
    const count = Math.min(attribute.getUint32(24, true), mostPrograms);
    for (const id of ids.subarray(0, count)) found.push({ hook, id, ...aboutProgram(libc, id) });
  }
  return found;
}

function aboutProgram(libc: Libc, id: number): { name: string; uid: number } {
  const info = infoOf(libc, id);
  if (info === null) return { name: '', uid: 0 };
  const name = Buffer.from(info.buffer, 64, 16).toString('latin1').split('\0', 1)[0] ?? '';
  return { name, uid: info.getUint32(48, true) };
}

function infoOf(libc: Libc, id: number): DataView<ArrayBuffer> | null {
  const attribute = new DataView(new ArrayBuffer(attributeBytes));
  attribute.setUint32(0, id, true);
  const fd = libc.bpf(BPF_PROG_GET_FD_BY_ID, new Uint8Array(attribute.buffer));
  if (fd < 0) return null;
  const info = new Uint8Array(new ArrayBuffer(infoBytes));
  const ask = new DataView(new ArrayBuffer(attributeBytes));
  ask.setUint32(0, fd, true);
  ask.setUint32(4, infoBytes, true);
  ask.setBigUint64(8, libc.address(info), true);
  const told = libc.bpf(BPF_OBJ_GET_INFO_BY_FD, new Uint8Array(ask.buffer)) === 0;
  libc.close(fd);
  return told ? new DataView(info.buffer) : null;
}

// Control groups of a world's own, with programs of the kernel that forbid connections to whatever is in them.
import { closeSync, mkdirSync, openSync, readdirSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import { unifiedGroups } from './bpf.js';
import { loadNative } from '../../src/system/linux/native.js';

export type PolicyHook = 'connect4' | 'connect6' | 'egress' | 'ingress' | 'sock-create';

/** Program and attach types (include/uapi/linux/bpf.h). */
const types: Record<PolicyHook, readonly [number, number]> = {
  ingress: [8, 0],
  egress: [8, 1],
  'sock-create': [9, 2],
  connect4: [18, 10],
  connect6: [18, 11],
};
const BPF_PROG_LOAD = 5;
const BPF_LINK_CREATE = 28;
const SYS_bpf = process.arch === 'x64' ? 321 : 280;

/** Makes a group; `remove` takes it away once nobody is in it. */
export function makeGroup(slice: string, name: string): { directory: string; remove: () => void } {
  const root = unifiedGroups();
  if (root === null) throw new Error('there is no unified hierarchy of control groups here');
  const directory = path.join(root, slice, name);
  mkdirSync(directory, { recursive: true });
  const remove = (): void => {
    rmdirSync(directory);
    // The last one takes the slice along.
    if (readdirSync(path.join(root, slice), { withFileTypes: true }).every((entry) => !entry.isDirectory()))
      rmdirSync(path.join(root, slice));
  };
  return { directory, remove };
}

/** Loads a program that says no (0) to everything, and hangs it on the group. It ends with this process, or by `detach`. */
export function forbid(directory: string, hook: PolicyHook, name: string): () => void {
  const native = loadNative();
  if (typeof native === 'string') throw new Error(native);
  const bpf = native.load(null).func('syscall', 'long', ['long', 'long', 'const void *', 'size_t']) as (
    number: number,
    command: number,
    attribute: Uint8Array,
    size: number,
  ) => number;
  const call = (command: number, attribute: DataView): number => {
    const fd = bpf(SYS_bpf, command, new Uint8Array(attribute.buffer), attribute.byteLength);
    if (fd < 0) throw new Error(`bpf(${command}): errno ${native.errno()}`);
    return fd;
  };
  const [type, attach] = types[hook];
  // r0 = 0; exit
  const code = Uint8Array.from([0xb7, 0, 0, 0, 0, 0, 0, 0, 0x95, 0, 0, 0, 0, 0, 0, 0]);
  const held = new Uint8Array(new ArrayBuffer(64));
  held.set(code);
  held.set(Buffer.from('GPL\0'), 32);
  const load = new DataView(new ArrayBuffer(128));
  load.setUint32(0, type, true);
  load.setUint32(4, 2, true);
  load.setBigUint64(8, native.address(held), true);
  load.setBigUint64(16, native.address(held) + 32n, true);
  Buffer.from(name.slice(0, 15)).forEach((byte, at) => load.setUint8(48 + at, byte));
  load.setUint32(68, attach, true); // expected_attach_type
  const program = call(BPF_PROG_LOAD, load);
  const group = openSync(directory, 'r');
  const link = new DataView(new ArrayBuffer(64));
  link.setUint32(0, program, true);
  link.setUint32(4, group, true);
  link.setUint32(8, attach, true);
  const attached = call(BPF_LINK_CREATE, link);
  closeSync(group);
  return () => {
    closeSync(attached);
    closeSync(program);
  };
}

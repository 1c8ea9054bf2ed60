// A control group whose packets a BPF program lets out or throws away, as systemd does for IPAddressDeny=. The program
// goes with the group.
import { closeSync, existsSync, openSync } from 'node:fs';
import koffi from 'koffi';

const SYS_bpf = process.arch === 'x64' ? 321 : 280;
const BPF_PROG_LOAD = 5;
const BPF_PROG_ATTACH = 8;
const BPF_PROG_TYPE_CGROUP_SKB = 8;
/** enum bpf_attach_type. */
const attachTypes = { ingress: 0, egress: 1 } as const;
const BPF_F_ALLOW_MULTI = 2;
const attributeBytes = 128;

/** The hierarchy of version 2, to which such programs are bound; or null. */
export function unifiedGroups(): string | null {
  for (const directory of ['/sys/fs/cgroup/unified', '/sys/fs/cgroup'])
    if (existsSync(`${directory}/cgroup.controllers`)) return directory;
  return null;
}

/** Whether what the group sends or is sent may pass: the whole program is `r0 = 1; exit` or `r0 = 0; exit`. */
export function attachProgram(group: string, way: keyof typeof attachTypes, mayPass: boolean): void {
  const libc = koffi.load('libc.so.6');
  const bpf = libc.func('syscall', 'long', ['long', 'long', 'void *', 'long']) as (
    call: number,
    command: number,
    attributes: Uint8Array,
    size: number,
  ) => number;
  const instructions = Buffer.alloc(16);
  instructions[0] = 0xb7; // BPF_ALU64 | BPF_MOV | BPF_K
  instructions.writeInt32LE(mayPass ? 1 : 0, 4);
  instructions[8] = 0x95; // BPF_JMP | BPF_EXIT
  const license = Buffer.from('GPL\0', 'latin1');
  const load = Buffer.alloc(attributeBytes);
  load.writeUInt32LE(BPF_PROG_TYPE_CGROUP_SKB, 0);
  load.writeUInt32LE(2, 4);
  load.writeBigUInt64LE(koffi.address(instructions), 8);
  load.writeBigUInt64LE(koffi.address(license), 16);
  load.writeUInt32LE(attachTypes[way], 68);
  const program = bpf(SYS_bpf, BPF_PROG_LOAD, load, load.length);
  if (program < 0) throw new Error(`BPF_PROG_LOAD: errno ${koffi.errno()}`);
  const directory = openSync(group, 'r');
  const attach = Buffer.alloc(attributeBytes);
  attach.writeUInt32LE(directory, 0);
  attach.writeUInt32LE(program, 4);
  attach.writeUInt32LE(attachTypes[way], 8);
  attach.writeUInt32LE(BPF_F_ALLOW_MULTI, 12);
  const refused = bpf(SYS_bpf, BPF_PROG_ATTACH, attach, attach.length) < 0 ? koffi.errno() : 0;
  closeSync(directory);
  closeSync(program);
  if (refused !== 0) throw new Error(`BPF_PROG_ATTACH: errno ${refused}`);
}

import { describe, expect, it } from 'vitest';
import { fakeSystem } from '../../../test/fake-system.js';
import { isRunByAnother } from './registered-kinds.js';

// As the kernel (6.18) prints what was registered.
const emulator = `enabled
interpreter /usr/bin/qemu-aarch64
flags: OC
offset 0
magic 7f454c460201010000000000000000000200b700
mask ffffffffffffff00fffffffffffffffffeffffff
`;
const java = 'enabled\ninterpreter /usr/bin/jexec\nflags: \nextension .jar\n';

/** An ELF header of 64 bits, for that machine (elf(5)). */
function elfFor(machine: number): Buffer {
  const head = Buffer.alloc(64);
  head.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  head.writeUInt16LE(2, 16);
  head.writeUInt16LE(machine, 18);
  return head;
}

describe('kinds of programs that others run', () => {
  const asked = (kinds: Readonly<Record<string, string>>, head: Buffer, file = '/tmp/tool'): Promise<boolean> => {
    const files = Object.entries(kinds).map(([name, text]) => [`/proc/sys/fs/binfmt_misc/${name}`, text] as const);
    return isRunByAnother(file, head, fakeSystem({ files: Object.fromEntries(files) }).files);
  };

  it('are told by their first bytes, and another machine’s are not among them', async () => {
    const kinds = { 'qemu-aarch64': emulator, jar: java, register: '', status: 'enabled\n' };
    expect(await asked(kinds, elfFor(0xb7))).toBe(true);
    expect(await asked(kinds, elfFor(0xf3))).toBe(false);
    expect(await asked({ 'qemu-aarch64': emulator.replace('enabled', 'disabled') }, elfFor(0xb7))).toBe(false);
  });

  it('are told by the ending of their name', async () => {
    expect(await asked({ jar: java }, Buffer.from('PK'), '/tmp/tool.jar')).toBe(true);
    expect(await asked({ jar: java }, Buffer.from('PK'), '/tmp/tool')).toBe(false);
  });

  it('are none where nothing is registered, or what is registered says nothing', async () => {
    expect(await asked({}, elfFor(0xb7))).toBe(false);
    expect(await asked({ odd: 'enabled\nmagic zz\n' }, elfFor(0xb7))).toBe(false);
  });
});

// A unit that may reach no address: a control group with a program of the kernel that holds the unit's lists, as systemd makes
// it for IPAddressDeny= and IPAddressAllow=. systemctl is a fake: it reads the unit's files and binds the program anew.
import { mkdirSync } from 'node:fs';
import { writeEtc, type Device } from './device.js';

export const UNIT = 'shop.service';

/**
 * The program: r0 = 1; the other side's address (remote_ip4 of struct __sk_buff) is one of the list, or r0 = 0. Without flags
 * the one that is bound is taken away for it (BPF_PROG_ATTACH). What is in force stands below /etc, where states are compared.
 */
const systemctl = `#!/usr/bin/python3
import ctypes, glob, os, re, socket, struct, sys
if 'daemon-reload' not in sys.argv: sys.exit('not known to this fake')
group = open('/run/fake-unit-group').read()
files = ['/etc/systemd/system/${UNIT}'] + sorted(glob.glob('/etc/systemd/system/${UNIT}.d/*.conf'))
allowed = [a for f in files for line in re.findall(r'^IPAddressAllow=(.*)$', open(f).read(), re.M) for a in line.split()]
ins = lambda code, regs, off, imm: struct.pack('<BBhi', code, regs, off, imm)
code = ins(0xb7, 0, 0, 1) + ins(0x61, 0x12, 92, 0)
for at, a in enumerate(allowed):
    code += ins(0x16, 2, len(allowed) - at, struct.unpack('<i', socket.inet_aton(a))[0])
code += ins(0xb7, 0, 0, 0) + ins(0x95, 0, 0, 0)
held, gpl = ctypes.create_string_buffer(code), ctypes.create_string_buffer(b'GPL')
libc = ctypes.CDLL(None, use_errno=True)
def bpf(command, attributes):
    number = 321 if os.uname().machine == 'x86_64' else 280
    got = libc.syscall(number, command, attributes, len(attributes))
    if got < 0: sys.exit('bpf(%d): %s' % (command, os.strerror(ctypes.get_errno())))
    return got
log = struct.pack('<IIQII', 0, 0, 0, 0, 0)
load = struct.pack('<IIQQ', 8, len(code) // 8, ctypes.addressof(held), ctypes.addressof(gpl)) + log + b'sd_fw_egress'.ljust(16, b'\\0')
load += struct.pack('<II', 0, 1)
program = bpf(5, load)
bpf(8, struct.pack('<IIII', os.open(group, os.O_RDONLY), program, 1, 0))
open('/etc/fake-in-force', 'w').write(' '.join(allowed))
`;

export async function unitWithoutNetwork(device: Device): Promise<void> {
  const { world } = device;
  world.makeGroup({ do: 'group', on: 'device', group: UNIT });
  device.fake('systemctl', systemctl);
  mkdirSync(device.etc('systemd/system'), { recursive: true });
  writeEtc(device, `systemd/system/${UNIT}`, '[Service]\nExecStart=/opt/shop/api\nIPAddressDeny=any\n');
  await device.words('sh', '-c', 'printf %s "$0" > /run/fake-unit-group', world.groups.get(UNIT) ?? '');
  await device.must('systemctl daemon-reload');
}

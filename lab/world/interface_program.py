# interface_program.py tcx|xdp INTERFACE NAME PORT: throws away what comes in by TCP from that port, as long as this runs.
# bpf(2); the program is loaded for that interface of this network namespace alone, and goes with its link.
import ctypes, os, platform, socket, struct, sys, time

kind, interface, name, port = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
libc = ctypes.CDLL(None, use_errno=True)
number = 321 if platform.machine() == 'x86_64' else 280


def bpf(command, attributes):
    buffer = ctypes.create_string_buffer(attributes, 128)
    fd = libc.syscall(number, command, buffer, 128)
    if fd < 0:
        sys.exit(f'bpf({command}): {os.strerror(ctypes.get_errno())}')
    return fd


def instruction(code, dst=0, src=0, off=0, imm=0):
    return struct.pack('<BBhi', code, src << 4 | dst, off, imm)


network_port = socket.htons(port)
if kind == 'tcx':
    code = [
        instruction(0xBF, 6, 1),
        instruction(0x28, imm=12), instruction(0x55, 0, off=6, imm=0x0800),
        instruction(0x30, imm=23), instruction(0x55, 0, off=4, imm=6),
        instruction(0x28, imm=34), instruction(0x55, 0, off=2, imm=port),
        instruction(0xB7, 0, imm=2), instruction(0x95),
        instruction(0xB7, 0, imm=-1), instruction(0x95),
    ]
    program_type, attach_type, flags = 3, 46, 0  # SCHED_CLS, TCX_INGRESS
else:
    code = [
        instruction(0x61, 2, 1, 0), instruction(0x61, 3, 1, 4),
        instruction(0xBF, 4, 2), instruction(0x07, 4, imm=38), instruction(0x2D, 4, 3, 8),
        instruction(0x69, 5, 2, 12), instruction(0x55, 5, off=6, imm=0x0008),
        instruction(0x71, 5, 2, 23), instruction(0x55, 5, off=4, imm=6),
        instruction(0x69, 5, 2, 34), instruction(0x55, 5, off=2, imm=network_port),
        instruction(0xB7, 0, imm=1), instruction(0x95),
        instruction(0xB7, 0, imm=2), instruction(0x95),
    ]
    program_type, attach_type, flags = 6, 37, 2  # XDP, generic mode
instructions = ctypes.create_string_buffer(b''.join(code))
license = ctypes.create_string_buffer(b'GPL')
load = struct.pack('<IIQQIIQII', program_type, len(code), ctypes.addressof(instructions), ctypes.addressof(license), 0, 0, 0, 0, 0)
load += name.encode()[:15].ljust(16, b'\0')
program = bpf(5, load)
link = bpf(28, struct.pack('<IIII', program, socket.if_nametoindex(interface), attach_type, flags))
print('attached', flush=True)
time.sleep(3600)

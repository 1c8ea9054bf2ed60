# sandboxed.py landlock|seccomp|ended|no-sockets|other COMMAND…: may open no TCP connection, then becomes the command.
# landlock(7); seccomp(2) with a filter that answers connect(2) with EPERM on x86-64 and elsewhere, that ends whoever calls
# it, that gives no socket of IPv4 and IPv6 (as systemd's RestrictAddressFamilies=), or that forbids something else (sync(2)).
import ctypes, os, platform, struct, sys

libc = ctypes.CDLL(None, use_errno=True)


def must(result, what):
    if result < 0:
        sys.exit(f'{what}: {os.strerror(ctypes.get_errno())}')
    return result


must(libc.prctl(38, 1, 0, 0, 0), 'no new privileges')
if sys.argv[1] == 'landlock':
    handled = ctypes.create_string_buffer(struct.pack('<QQ', 0, 2))  # LANDLOCK_ACCESS_NET_CONNECT_TCP
    ruleset = must(libc.syscall(444, handled, 16, 0), 'landlock_create_ruleset')
    must(libc.syscall(446, ruleset, 0), 'landlock_restrict_self')
else:
    intel = platform.machine() == 'x86_64'
    calls = {'no-sockets': (41, 198), 'other': (162, 81)}.get(sys.argv[1], (42, 203))
    answer = {'ended': 0x80000000, 'no-sockets': 0x00050000 + 97}.get(sys.argv[1], 0x00050001)
    # The first argument of socket(2): AF_INET is 2, AF_INET6 is 10.
    family = [(0x20, 0, 0, 16), (0x15, 1, 0, 2), (0x15, 0, 1, 10)] if sys.argv[1] == 'no-sockets' else []
    call = calls[0] if intel else calls[1]
    program = [(0x20, 0, 0, 0), (0x15, 0, 1 + len(family), call), *family, (0x06, 0, 0, answer), (0x06, 0, 0, 0x7FFF0000)]
    code = ctypes.create_string_buffer(b''.join(struct.pack('<HBBI', *one) for one in program))
    filter = ctypes.create_string_buffer(struct.pack('<HxxxxxxQ', len(program), ctypes.addressof(code)))
    must(libc.prctl(22, 2, filter, 0, 0), 'seccomp')
os.execvp(sys.argv[2], sys.argv[2:])

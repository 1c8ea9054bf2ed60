"""Listens on a port of 127.0.0.1, and lets its own kernel throw away what comes: by a socket filter, or by asking for TCP-MD5."""
import ctypes
import socket
import struct
import sys

port, how = int(sys.argv[1]), sys.argv[2]
listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("0.0.0.0", port))
if how == "filter":
    # One instruction of classic BPF: return 0, that is, keep nothing (linux/filter.h, SO_ATTACH_FILTER).
    code = ctypes.create_string_buffer(struct.pack("HBBI", 6, 0, 0, 0))
    listener.setsockopt(socket.SOL_SOCKET, 26, struct.pack("HxxxxxxP", 1, ctypes.addressof(code)))
elif how == "md5":
    # struct tcp_md5sig (linux/tcp.h) for the peer that is given.
    peer = struct.pack("HH4s120x", socket.AF_INET, 0, socket.inet_aton(sys.argv[3]))
    key = b"secret"
    listener.setsockopt(socket.IPPROTO_TCP, 14, peer + struct.pack("BBHi", 0, 0, len(key), 0) + key.ljust(80, b"\0"))
listener.listen(8)
print("ready", flush=True)
while True:
    try:
        listener.accept()[0].close()
    except OSError:
        pass

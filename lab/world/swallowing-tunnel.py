# swallowing-tunnel.py NAME: serves a tunnel device and loses whatever goes into it, as a VPN whose other end is gone.
import fcntl, os, struct, sys

device = os.open('/dev/net/tun', os.O_RDWR)
fcntl.ioctl(device, 0x400454CA, struct.pack('16sH22x', sys.argv[1].encode(), 0x0001 | 0x1000))  # TUNSETIFF: IFF_TUN, IFF_NO_PI
print('ready', flush=True)
while os.read(device, 65536):
    pass

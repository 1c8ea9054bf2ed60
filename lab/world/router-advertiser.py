# router-advertiser.py INTERFACE URL: answers router solicitations with an advertisement that names a portal (RFC 8910, 2.3) and
# offers nothing else: no default route, no prefix.
import socket, struct, sys

interface, url = sys.argv[1], sys.argv[2].encode()
ICMPV6_FILTER, SOLICITATION, ADVERTISEMENT, PORTAL = 1, 133, 134, 37

units = (len(url) + 2 + 7) // 8
option = struct.pack('!BB', PORTAL, units) + url.ljust(units * 8 - 2, b'\0')
# Hop limit 64, no flags, router lifetime 0: it is no default router.
message = struct.pack('!BBHBBHII', ADVERTISEMENT, 0, 0, 64, 0, 0, 0, 0) + option

ear = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
passes = [0xFFFFFFFF] * 8
passes[SOLICITATION >> 5] &= ~(1 << (SOLICITATION & 31))
ear.setsockopt(socket.IPPROTO_ICMPV6, ICMPV6_FILTER, struct.pack('=8I', *passes))
index = socket.if_nametoindex(interface)
routers = socket.inet_pton(socket.AF_INET6, 'ff02::2')
ear.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, routers + struct.pack('=I', index))
ear.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 255)
ear.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, index)
print('watching', flush=True)
while True:
    _, sender = ear.recvfrom(2048)
    if sender[3] == index:
        ear.sendto(message, ('ff02::1', 0, 0, index))

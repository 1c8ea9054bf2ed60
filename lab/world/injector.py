# injector.py INTERFACE WORD STATUS PAGE: answers requests that hold WORD in the server's name, beside what the server says:
# it sees a copy of what goes by (AF_PACKET) and sends its own answer at once, towards the client, by that interface.
import socket, struct, sys

interface, word, status, page = sys.argv[1], *(one.encode() for one in sys.argv[2:5])
body = b'<!doctype html><title>Blocked</title><p>' + page + b'</p>\n'
answer = b'HTTP/1.1 ' + status + b'\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n' % len(body) + body


def checksum(data):
    if len(data) % 2:
        data += b'\0'
    total = sum(struct.unpack('!%dH' % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def tcp(source, target, sport, dport, seq, ack, flags, data):
    head = struct.pack('!HHIIBBHHH', sport, dport, seq, ack, 5 << 4, flags, 502, 0, 0)
    pseudo = source + target + struct.pack('!BBH', 0, 6, len(head) + len(data))
    return head[:16] + struct.pack('!H', checksum(pseudo + head + data)) + head[18:] + data


def ip(source, target, payload):
    head = struct.pack('!BBHHHBBH4s4s', 0x45, 0, 20 + len(payload), 4660, 0, 250, 6, 0, source, target)
    return head[:10] + struct.pack('!H', checksum(head)) + head[12:] + payload


ear = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0800))
ear.bind((interface, 0))
mouth = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
print('watching', flush=True)
while True:
    frame, (_, _, kind, _, _) = ear.recvfrom(65536)
    if kind == socket.PACKET_OUTGOING or frame[23] != 6:
        continue
    packet = frame[14:]
    length = (packet[0] & 15) * 4
    total = struct.unpack('!H', packet[2:4])[0]
    segment = packet[length:total]
    sport, dport, seq, ack, offset = struct.unpack('!HHIIB', segment[:13])
    data = segment[(offset >> 4) * 4:]
    if dport != 80 or word not in data:
        continue
    source, target = packet[12:16], packet[16:20]
    reply = tcp(target, source, dport, sport, ack, (seq + len(data)) & 0xFFFFFFFF, 0x19, answer)
    mouth.sendto(ip(target, source, reply), (socket.inet_ntoa(source), 0))

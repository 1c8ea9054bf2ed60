// Those who take the first packet of a TLS hello for the whole of it (tldr.fail).
import { ip, iptablesRestore, type Step } from './steps.js';
import type { Machine } from './topology.js';

/** TCP segments leave the device as they would on a cable: else two of them cross the world as one large packet (GSO). */
export const realSegments: Step = ip('device', 'link set eth0 gso_max_segs 1');

/**
 * Classic BPF, from the IP header on: the segment begins a TLS handshake record (22) with a hello (1), and that record is
 * longer than what the segment holds of it.
 */
const isCutHello = [
  '40 0 0 2', // A = total length of the packet
  '2 0 0 0', // M[0] = A
  '177 0 0 0', // X = length of the IP header
  '80 0 0 12', // A = the byte with TCP's data offset
  '84 0 0 240',
  '116 0 0 2',
  '12 0 0 0', // A = where the payload begins
  '7 0 0 0', // X = A
  '96 0 0 0', // A = M[0]
  '28 0 0 0', // A = length of the payload
  '53 0 10 6', // less than six bytes: no
  '80 0 0 0', // A = type of the record
  '21 0 8 22',
  '80 0 0 5', // A = type of the message
  '21 0 6 1',
  '72 0 0 3', // A = length of the record
  '12 0 0 0',
  '4 0 0 5', // A = where the record ends
  '97 0 0 0', // X = M[0]
  '45 0 1 0', // beyond the packet: yes
  '6 0 0 65535',
  '6 0 0 0',
];

/** A box on the way that looks at single packets: a hello that goes on in another packet is stopped. */
export function readsFirstPacketOnly(on: Machine, target: 'DROP' | 'REJECT --reject-with tcp-reset'): Step {
  const code = `${isCutHello.length},${isCutHello.join(',')}`;
  return iptablesRestore(
    on,
    `*filter\n:FORWARD ACCEPT\n-A FORWARD -p tcp -m tcp --dport 443 -m bpf --bytecode "${code}" -j ${target}\nCOMMIT`,
  );
}

const program = `
import socket, struct, threading
def pump(a, b):
    try:
        while True:
            data = a.recv(65536)
            if not data:
                break
            b.sendall(data)
    except OSError:
        pass
    for one in (a, b):
        try:
            one.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
def serve(client):
    try:
        hello = client.recv(1400)
    except OSError:
        return client.close()
    if len(hello) < 5 or struct.unpack('>H', hello[3:5])[0] + 5 > len(hello):
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        return client.close()
    onward = socket.create_connection(('127.0.0.1', 8443))
    onward.sendall(hello)
    threading.Thread(target=pump, args=(onward, client), daemon=True).start()
    pump(client, onward)
listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(('0.0.0.0', 443))
listener.listen(64)
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
`;

/** A front of the server's service on port 8443 that reads once, and resets what is no whole hello by then. */
export const readsOnce: Step = {
  do: 'daemon',
  on: 'server',
  files: { 'front.py': program },
  line: ['python3', '{dir}/front.py'],
  ready: { listens: 443 },
};

import { cycle } from '../cycle.js';
import { inboundWords } from '../inbound.js';
import { must, run, until } from '../../world/process.js';
import { ADDRESS } from '../../world/topology.js';

/** As Docker 24 leaves them, with a rule of the administrator's in the one chain that is theirs. */
const rules = `*nat
:PREROUTING ACCEPT [0:0]
:DOCKER - [0:0]
-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
-A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80
COMMIT
*filter
:INPUT ACCEPT [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
:DOCKER - [0:0]
:DOCKER-USER - [0:0]
-A FORWARD -j DOCKER-USER
-A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A FORWARD -o docker0 -j DOCKER
-A FORWARD -i docker0 ! -o docker0 -j ACCEPT
-A DOCKER -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT
-A DOCKER-USER -i eth0 -p tcp -m comment --comment "nobody from outside" -j DROP
-A DOCKER-USER -j RETURN
COMMIT
`;

/** http.server would first ask for its own name, and here nobody answers. */
const server = `import socket
s = socket.create_server(('0.0.0.0', 80))
while True:
    c, _ = s.accept()
    c.recv(4096)
    c.sendall(b'HTTP/1.0 200 OK\\r\\n\\r\\nwell')
    c.close()
`;

export default cycle({
  id: 'inbound-docker-user',
  title:
    "The administrator's rule in DOCKER-USER keeps others from a published port (Docker's rules without Docker, the container a namespace)",
  remedy: 'open-port',
  needs: ['iptables-nft', 'bridge'],
  words: inboundWords(8080),
  commands: /iptables -I DOCKER-USER 1 -s 198\.51\.100\.10 -d 172\.17\.0\.2 -p tcp --dport 80/,
  async works({ world }) {
    const words = ['-s', '-o', '/dev/null', '-m', '5', `http://${ADDRESS.device}:8080/`];
    return (await run(...world.inside('server', 'curl', ...words))).code === 0;
  },
  async breaks(device) {
    await device.must('ip link add docker0 type bridge');
    await device.must('ip addr add 172.17.0.1/16 dev docker0');
    await device.must('ip link set docker0 up');
    await device.must('sysctl -q -w net.ipv4.ip_forward=1');
    device.start('unshare', ['-n', 'sh', '-c', 'ip link set lo up; exec sleep 98765']);
    let pid = '';
    for (let i = 0; i < 100 && pid === ''; i++) {
      await device.must('sleep 0.05');
      pid = (await device.run(['pgrep', '-n', '-x', '-f', 'sleep 98765', '--ns', String(device.pid), '--nslist', 'mnt'])).stdout.trim(); // prettier-ignore
    }
    await device.must(`ip link add veth0 type veth peer name eth0 netns ${pid}`);
    await device.must('ip link set veth0 master docker0 up');
    const inside = (line: string): Promise<string> => must(...device.inside('nsenter', '-t', pid, '-n', ...line.split(' '))); // prettier-ignore
    await inside('ip addr add 172.17.0.2/16 dev eth0');
    await inside('ip link set eth0 up');
    await inside('ip route add default via 172.17.0.1');
    device.start('nsenter', ['-t', pid, '-n', 'python3', '-c', server]);
    await device.must('iptables-restore', rules);
    const answers = async (): Promise<boolean> =>
      (await device.run(['curl', '-s', '-o', '/dev/null', '-m', '1', 'http://172.17.0.2/'])).code === 0;
    if (!(await until(answers, 10_000, 100))) throw new Error('the container does not serve');
  },
  async mends(device) {
    await device.must('sysctl -q -w net.ipv4.ip_forward=0');
  },
});

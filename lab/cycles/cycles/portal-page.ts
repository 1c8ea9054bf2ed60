import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { SETTINGS } from '../../world/internet.js';
import { must, run, until } from '../../world/process.js';
import { ADDRESS } from '../../world/topology.js';
import { cycle } from '../cycle.js';

const page = `http://${ADDRESS.home}:8080/login`;
/** Sends everybody to its login page. It ends by itself, should nobody end it. */
const portal = `import http.server, threading, os
class Portal(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        at_login = self.path.startswith('/login')
        self.send_response(200 if at_login else 302)
        if not at_login: self.send_header('Location', '${page}')
        body = b'<title>Log in</title>' if at_login else b''
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)
threading.Timer(90, lambda: os._exit(0)).start()
http.server.ThreadingHTTPServer(('', 8080), Portal).serve_forever()
`;
const led =
  'table inet portal { chain pre { type nat hook prerouting priority dstnat; iifname "lan" tcp dport 80 redirect to :8080; }; }';

let serving: ChildProcess | undefined;

export default cycle({
  id: 'portal-page',
  title:
    'A login portal leads all pages to its own: a user opens that page, and nothing is changed (xdg-open is a fake)',
  remedy: 'none',
  target: 'http://four.example.com/',
  references: true,
  byUser: true,
  environment: { DISPLAY: ':0' },
  instead: {
    code: 4,
    isDone(device) {
      const opened = `${device.directory}/run/desk/opened`;
      return existsSync(opened) && readFileSync(opened, 'utf8') === `${page}\n`;
    },
  },
  async breaks(device) {
    const { world } = device;
    const settings = `${device.directory}/run/nobody/.config/whoblocked`;
    mkdirSync(settings, { recursive: true });
    writeFileSync(`${settings}/config.json`, JSON.stringify(SETTINGS));
    device.fake('xdg-open', '#!/bin/sh\nprintf "%s\\n" "$@" > /run/desk/opened\n');
    await device.must('mkdir -m 777 /run/desk');
    const [program, args] = world.inside('home', 'setpriv', '--pdeathsig', 'KILL', 'python3', '-c', portal);
    serving = spawn(program, args, { stdio: 'ignore' });
    const listens = async (): Promise<boolean> => (await must(...world.inside('home', 'ss', '-Hltn', 'sport = :8080'))).trim() !== ''; // prettier-ignore
    if (!(await until(listens, 10_000, 50))) throw new Error('the portal does not listen');
    await must(...world.inside('home', 'nft', led));
  },
  async mends({ world }) {
    serving?.kill('SIGKILL');
    await run(...world.inside('home', 'nft', 'delete', 'table', 'inet', 'portal'));
  },
});

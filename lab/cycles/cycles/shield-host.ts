import { cycle } from '../cycle.js';
import { startShield } from '../shield.js';

const page = 'https://four.example.com/';

export default cycle({
  id: 'shield-host',
  title: 'A real web shield (Squid) looks into every encrypted connection: one host is passed on as it is',
  remedy: 'except-in-web-shield',
  target: page,
  arguments: ['--i-accept-the-risk'],
  needs: ['squid'],
  commands: /add "ssl_bump splice whoblocked_/,
  async works(device) {
    const ran = await device.run(['curl', '-s', '-o', '/dev/null', '-m', '5', '--cacert', device.trustedRoot, page]);
    return ran.code === 0;
  },
  breaks: (device) => startShield(device, false, 80, 443),
});

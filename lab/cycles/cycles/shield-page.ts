import { cycle } from '../cycle.js';
import { startShield } from '../shield.js';

const page = 'http://198.51.100.10:8080/prize';

export default cycle({
  id: 'shield-page',
  title: 'A real web shield (Squid, c-icap, clamd) blocks a page: an exception for this page alone, at the user’s risk',
  remedy: 'except-in-web-shield',
  target: page,
  arguments: ['--i-accept-the-risk'],
  needs: ['squid', 'icap', 'clamav'],
  commands: /add "adaptation_access av deny whoblocked_/,
  works: async (device) => (await device.run(['curl', '-s', '-m', '5', page])).stdout.includes('HARMFUL'),
  breaks: (device) => startShield(device, true, 8080, 443),
});

import { cycle } from '../cycle.js';
import { startOpensnitch } from '../opensnitch.js';

export default cycle({
  id: 'app-opensnitch-default',
  title: 'The real OpenSnitch denies all that no rule names: a rule for the one server',
  remedy: 'allow-in-opensnitch',
  needs: ['opensnitch', 'nfqueue'],
  arguments: ['--only', 'allow-in-opensnitch'],
  breaks: (device) => startOpensnitch(device, 'deny'),
});

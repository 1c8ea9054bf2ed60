import { scenario } from '../../scenario.js';
import { refusedInSandbox } from '../../world/refused-in-sandbox.js';

export default scenario({
  id: 'run-in-landlock-to-closed-port',
  side: 'device',
  title: 'The command is in a sandbox (landlock) that forbids it to connect, and nothing listens there either',
  ...refusedInSandbox('landlock', 'http://198.51.100.10:81/', { holder: /Landlock/, also: ['nothing-listening'] }),
  needs: ['strace', 'landlock'],
});

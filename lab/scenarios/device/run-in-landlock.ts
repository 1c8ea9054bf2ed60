import { scenario } from '../../scenario.js';
import { refusedInSandbox } from '../../world/refused-in-sandbox.js';

export default scenario({
  id: 'run-in-landlock',
  side: 'device',
  title: 'The command is in a sandbox (landlock) that forbids it to connect; the server is well',
  ...refusedInSandbox('landlock', 'http://198.51.100.10/', { holder: /Landlock/ }),
  needs: ['strace', 'landlock'],
});

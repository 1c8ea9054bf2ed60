import { scenario } from '../../scenario.js';
import { refusedInSandbox } from '../../world/refused-in-sandbox.js';

export default scenario({
  id: 'run-in-seccomp',
  side: 'device',
  title: 'The command is in a sandbox (seccomp) that forbids it to connect; the server is well',
  ...refusedInSandbox('seccomp', 'http://198.51.100.10/', { holder: /seccomp/ }),
  needs: ['strace'],
});

import { scenario } from '../../scenario.js';
import { refusedInSandbox } from '../../world/refused-in-sandbox.js';

export default scenario({
  id: 'run-without-sockets',
  side: 'device',
  title: 'The command is in a sandbox (seccomp) that gives it no socket at all; the server is well',
  ...refusedInSandbox('no-sockets', 'http://198.51.100.10/', {
    holder: /seccomp/,
    evidence: /socket\(\) of the program gave EAFNOSUPPORT/,
    innocent: ['nothing-listening'],
  }),
  needs: ['strace'],
});

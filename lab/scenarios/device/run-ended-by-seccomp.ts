import { scenario } from '../../scenario.js';
import { refusedInSandbox } from '../../world/refused-in-sandbox.js';

export default scenario({
  id: 'run-ended-by-seccomp',
  side: 'device',
  title: 'The command is ended by a filter of its sandbox (seccomp) as it connects; the server is well',
  ...refusedInSandbox('ended', 'http://198.51.100.10/', {
    holder: /seccomp/,
    evidence: /SIGSYS/,
    innocent: ['nothing-listening'],
  }),
  needs: ['strace'],
});

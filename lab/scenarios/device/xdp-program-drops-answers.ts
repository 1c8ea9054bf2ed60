import { scenario, undetermined } from '../../scenario.js';
import { interfaceProgram } from '../../world/interface-programs.js';

// XDP comes before whatever can be listened to: nobody here can tell its drop from an answer that never came.
export default scenario({
  id: 'xdp-program-drops-answers',
  side: 'device',
  title: 'A program of XDP throws away what comes from that port: from here it looks like any silence',
  target: '198.51.100.10:443',
  shows: 'app-policy',
  nearly: ['server-firewall', 'dropped-on-path'],
  break: [interfaceProgram('xdp', 'drop_answers', 443)],
  expect: {
    root: undetermined(['server-firewall'], { certainty: { atMost: 'possible' } }),
    // The port is silent at every other server too, for the program drops their answers as well.
    user: {
      anyOf: [
        undetermined(['server-firewall'], { certainty: { atMost: 'possible' } }),
        undetermined(['local-firewall'], { certainty: { atMost: 'possible' } }),
      ],
    },
  },
  needs: ['cgroup-bpf'],
});

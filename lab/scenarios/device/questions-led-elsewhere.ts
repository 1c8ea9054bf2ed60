import { failed, scenario, undetermined } from '../../scenario.js';
import { nft } from '../../world/steps.js';

// All that was asked outside were names, and one rule led all these questions to where nobody is.
export default scenario({
  id: 'questions-led-elsewhere',
  side: 'device',
  title: 'A rule of this device leads every question for a name to an address of nobody',
  target: 'https://four.example.com/',
  shows: 'connection-redirected',
  nearly: ['internet-down'],
  break: [
    nft(
      'device',
      'table ip lab {\n chain out {\n  type nat hook output priority -100;\n  udp dport 53 dnat to 203.0.113.99\n  tcp dport 53 dnat to 203.0.113.99\n }\n}\n',
    ),
  ],
  expect: {
    root: undetermined([], { innocent: ['internet-down'] }),
    // That the rule is there no user sees.
    user: { anyOf: [undetermined([]), failed('internet-down', { certainty: { atMost: 'likely' } })] },
  },
  needs: ['nft'],
});

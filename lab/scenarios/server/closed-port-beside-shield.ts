import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { webShield } from '../../world/shields.js';

// Its open web ports are answered by the shield on this very computer: they tell nothing of how far away the server is.
export default scenario({
  id: 'closed-port-beside-shield',
  side: 'server',
  title: 'A web shield on this computer answers for the web ports of a server; another port of it is closed',
  target: 'http://four.example.com:81/',
  shows: 'nothing-listening',
  nearly: ['reset-injected', 'antivirus-blocks-url'],
  break: [],
  distractors: webShield({ scans: false }),
  expect: both(
    failed('nothing-listening', {
      side: 'server',
      ...onlyLikely,
      innocent: ['reset-injected', 'local-firewall', 'antivirus-blocks-url'],
    }),
  ),
  needs: ['nft', 'squid'],
});

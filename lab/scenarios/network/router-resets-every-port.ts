import { both, scenario, undetermined } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

// No port of the server is left to compare the distance with; what comes back has passed no router all the same.
export default scenario({
  id: 'router-resets-every-port',
  side: 'network',
  title: "The home router answers with a reset in the server's name, whatever port is asked for",
  target: 'https://four.example.com/',
  shows: 'reset-injected',
  nearly: ['nothing-listening'],
  break: [
    filterRule('home', 'forward', 'ip daddr 198.51.100.0/24 reject with tcp reset', {
      labelText: 'ip daddr 198.51.100.0/24',
    }),
  ],
  expect: both(undetermined(['reset-injected', 'nothing-listening'], { evidence: /no router has lowered/ })),
  needs: ['nft'],
});

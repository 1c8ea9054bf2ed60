import { failed, likely, onlyLikely, scenario, undetermined } from '../../scenario.js';

export default scenario({
  id: 'neighbour-port-closed',
  side: 'network',
  title: 'A machine on the own network is up, and its port is closed',
  target: 'http://192.168.7.1:8080/',
  shows: 'nothing-listening',
  nearly: ['host-down', 'gateway-unreachable'],
  break: [],
  expect: {
    root: failed('nothing-listening', { ...likely, innocent: ['gateway-unreachable'] }),
    user: {
      anyOf: [
        failed('nothing-listening', { ...onlyLikely, innocent: ['gateway-unreachable'] }),
        undetermined(['nothing-listening']),
      ],
    },
  },
});

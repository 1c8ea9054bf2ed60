import { failed, onlyLikely, scenario } from '../../scenario.js';

export default scenario({
  id: 'run-in-empty-network',
  side: 'device',
  title: 'The command goes into a network of its own that leads nowhere; the server is well',
  target: 'http://198.51.100.10/',
  run: ['unshare', '-rn', 'curl', '-s', '-m', '5', 'http://198.51.100.10/'],
  shows: 'app-policy',
  nearly: ['network-down', 'no-route'],
  break: [],
  expect: {
    root: failed('app-policy', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'policy', name: /network namespace/ },
      innocent: ['network-down', 'no-route'],
    }),
    // Only root may look into that network.
    user: failed('app-policy', {
      side: 'this-device',
      ...onlyLikely,
      culprit: { kind: 'policy', name: /network namespace/ },
      innocent: ['network-down', 'no-route'],
    }),
  },
  needs: ['strace'],
});

import { both, failed, likely, scenario } from '../../scenario.js';
import type { Step } from '../../world/steps.js';

const queue: Step = {
  do: 'run',
  on: 'device',
  line: ['tc', 'qdisc', 'add', 'dev', 'eth0', 'root', 'tbf', 'rate', '1kbit', 'burst', '20', 'limit', '20'],
};

export default scenario({
  id: 'own-queue-drops-all',
  side: 'device',
  title: "The queue of this device's own interface takes no packet, however short: not even the router is found",
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['internet-down', 'gateway-unreachable', 'resolver-unreachable'],
  break: [queue],
  expect: both(
    failed('local-firewall', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'setting', name: /queue tbf \S+ of eth0/ },
      innocent: ['internet-down', 'gateway-unreachable', 'resolver-unreachable'],
    }),
  ),
  needs: ['tbf'],
});

import { both, failed, scenario, sure } from '../../scenario.js';
import { filterRule, sysctl } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// A burst of probes makes these rejects look like drops (icmp(7), icmp_ratelimit).
export default scenario({
  id: 'reject-rate-limited',
  side: 'path',
  title: 'A hop prohibits HTTPS, and sends one such message a second at most, as routers do',
  target: 'https://four.example.com/',
  shows: 'rejected-by-hop',
  nearly: ['dropped-on-path', 'server-firewall'],
  break: [
    filterRule('provider', 'forward', 'tcp dport 443 reject with icmp admin-prohibited', {
      family: 'ip',
      labelText: 'tcp dport 443',
    }),
  ],
  distractors: [sysctl('provider', 'net.ipv4.icmp_ratelimit=1000'), sysctl('home', 'net.ipv4.icmp_ratelimit=1000')],
  expect: both(
    failed('rejected-by-hop', { side: 'path', ...sure, culprit: { kind: 'hop', address: ADDRESS.provider } }),
  ),
  needs: ['nft'],
  // The router sends so many errors and no more: the first run uses them up.
  fresh: true,
});

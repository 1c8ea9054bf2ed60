import { both, failed, scenario, undetermined } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';
import { slowLine } from '../../world/line/slow-line.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'every-name-in-next-to-nothing',
  side: 'server',
  title: "The server's own line carries 3 kB a second, whatever name is asked for",
  target: 'https://four.example.com/',
  shows: 'server-not-responding',
  nearly: ['sni-filtered'],
  services: { server: [https({}, { status: '200 OK', body: 'x'.repeat(120_000) }), ssh()] },
  break: slowLine('edge', {
    delayMs: 0,
    bytesPerSecond: 3_000,
    queueMs: 1_500,
    only: `-s ${ADDRESS.server}`,
    family: 4,
  }),
  expect: both({
    anyOf: [
      failed(['server-not-responding', 'server-overloaded', 'packet-loss'], {
        certainty: { atMost: 'likely' },
        innocent: ['sni-filtered'],
      }),
      undetermined([], { innocent: ['sni-filtered'] }),
    ],
  }),
  needs: ['nfqueue', 'iptables-nft'],
  fresh: true,
});

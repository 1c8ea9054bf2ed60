import { readFileSync, writeFileSync } from 'node:fs';
import { applySteps } from '../../world/apply.js';
import { conntrackFull } from '../../world/products.js';
import { cycle } from '../cycle.js';

/**
 * That limit is the whole kernel's, and no network of its own may change it. So a fake keeps the value in a file, and makes
 * the room that a higher one would make by emptying the table. All other settings go to the real program.
 */
const sysctl = `#!/bin/sh
value=/run/fake-conntrack-max
case "$*" in
  '-n net.netfilter.nf_conntrack_max') exec cat $value ;;
  '-q -w net.netfilter.nf_conntrack_max='*)
    echo "\${3#*=}" > $value.new
    [ "$(cat $value.new)" -le "$(cat $value)" ] || conntrack -F 2>/dev/null
    exec mv $value.new $value ;;
esac
exec /usr/sbin/sysctl "$@"
`;

export default cycle({
  id: 'conntrack-full',
  title: "The firewall's table of connections is full (sysctl is a fake for this one limit)",
  remedy: 'raise-limit',
  needs: ['conntrack'],
  commands: /sysctl -w net\.netfilter\.nf_conntrack_max=/,
  async breaks(device) {
    device.fake('sysctl', sysctl);
    const limit = readFileSync('/proc/sys/net/netfilter/nf_conntrack_max', 'latin1');
    writeFileSync(`${device.directory}/run/fake-conntrack-max`, limit);
    await device.nft(
      'table inet filter { chain output { type filter hook output priority 0; ct state new counter; }; }\n',
    );
    await applySteps(device.world, conntrackFull('device'));
  },
  async mends(device) {
    await device.run(['conntrack', '-F']);
  },
});

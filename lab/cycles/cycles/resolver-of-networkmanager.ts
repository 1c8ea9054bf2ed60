import { mkdirSync } from 'node:fs';
import { SETTINGS } from '../../world/internet.js';
import { cycle } from '../cycle.js';
import { writeEtc } from '../device.js';
import { startNetworkManager } from '../network-manager.js';

const settings = `[ipv4]
method=manual
address1=192.168.7.20/24,192.168.7.1
dns=203.0.113.54;
dns-search=example.net;
dns-options=timeout:1;attempts:1;

[ipv6]
method=manual
address1=2001:db8:7::20/64,2001:db8:7::1
`;

export default cycle({
  id: 'resolver-of-networkmanager',
  title: 'The real NetworkManager has a name server in its settings that nobody serves any more',
  remedy: 'switch-resolver',
  target: 'http://four.example.com/',
  needs: ['NetworkManager'],
  references: true,
  arguments: ['--allow-wider'],
  commands: /nmcli connection modify uuid \S+ ipv4\.dns 192\.0\.2\.53 ipv4\.ignore-auto-dns yes/,
  async breaks(device) {
    mkdirSync(device.etc('whoblocked'), { recursive: true });
    writeEtc(device, 'whoblocked/config.json', JSON.stringify(SETTINGS));
    await startNetworkManager(device, settings);
  },
});

import { cycle } from '../cycle.js';

export default cycle({
  id: 'app-user-rule',
  title: 'A rule forbids web pages to one user: an exception for the one server, above it',
  remedy: 'allow-in-firewall',
  arguments: ['--as', 'nobody'],
  commands: /insert rule inet filter output handle \d+ ip daddr 198\.51\.100\.10 tcp dport 80 accept/,
  async works(device) {
    const curl = ['curl', '-s', '-o', '/dev/null', '-m', '5', 'http://198.51.100.10/'];
    return (await device.run(['setpriv', '--reuid', '65534', '--clear-groups', ...curl])).code === 0;
  },
  breaks: (device) =>
    device.nft(`table inet filter {
  chain output {
    type filter hook output priority 0; policy accept;
    meta skuid 65534 tcp dport { 80, 443 } reject
  }
}
`),
});

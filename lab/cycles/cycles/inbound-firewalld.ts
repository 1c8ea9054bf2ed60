import { cycle } from '../cycle.js';
import { startFirewalld } from '../firewalld.js';
import { inboundWords, listenOn, serverReaches } from '../inbound.js';

export default cycle({
  id: 'inbound-firewalld',
  title: 'The zone of firewalld does not let the port in: it is opened for one address, by firewalld',
  remedy: 'open-port',
  needs: ['firewalld'],
  words: inboundWords(8080),
  commands: /firewall-cmd --permanent --zone=public --add-rich-rule=/,
  works: (device) => serverReaches(device, 8080),
  reload: ['firewall-cmd', '--reload'],
  async breaks(device) {
    await listenOn(device, 8080);
    await startFirewalld(device);
  },
});

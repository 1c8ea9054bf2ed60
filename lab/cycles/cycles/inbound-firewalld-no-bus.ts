import { cycle } from '../cycle.js';
import { startFirewalld } from '../firewalld.js';
import { inboundWords, listenOn, serverReaches } from '../inbound.js';

export default cycle({
  id: 'inbound-firewalld-no-bus',
  title: 'The same with a busctl that is too old to answer in JSON (a fake): firewall-cmd does it all',
  remedy: 'open-port',
  needs: ['firewalld'],
  words: inboundWords(8080),
  commands: /firewall-cmd --permanent --zone=public --add-rich-rule=/,
  works: (device) => serverReaches(device, 8080),
  reload: ['firewall-cmd', '--reload'],
  async breaks(device) {
    device.fake('busctl', `#!/bin/sh\necho "busctl: unrecognized option '--json=short'" >&2\nexit 1\n`);
    await listenOn(device, 8080);
    await startFirewalld(device);
  },
});

import { cycle } from '../cycle.js';
import { inboundWords, listenOn, serverReaches } from '../inbound.js';

export default cycle({
  id: 'inbound-ufw',
  title: 'ufw denies what comes in: one port is opened for one address, by ufw',
  remedy: 'open-port',
  needs: ['ufw'],
  words: inboundWords(8080),
  commands: /ufw prepend allow in proto tcp from 198\.51\.100\.10 to any port 8080/,
  works: (device) => serverReaches(device, 8080),
  async breaks(device) {
    await listenOn(device, 8080);
    await device.must('ufw --force enable');
    await device.must('ufw deny 8080/tcp');
  },
  reload: ['ufw', 'reload'],
});

import { bansWithEnds, fakeCrowdsec } from '../crowdsec.js';
import { cycle } from '../cycle.js';

export default cycle({
  id: 'unban-crowdsec',
  title: 'CrowdSec (a fake of its client) has banned the server, twice',
  remedy: 'unban-address',
  arguments: ['--allow-wider'],
  commands: /cscli decisions delete --id \d+ +# 198\.51\.100\.10, crowdsecurity\/http-(probing|bad-user-agent)/,
  breaks: (device) =>
    fakeCrowdsec(device, [
      { address: '198.51.100.10', reason: 'crowdsecurity/http-probing', hours: 2 },
      { address: '198.51.100.10', reason: 'crowdsecurity/http-bad-user-agent', hours: 1 },
      { address: '203.0.113.5', reason: 'crowdsecurity/ssh-bf', hours: 1 },
    ]),
  state: async (device) => `${await device.state()}\n${await bansWithEnds(device)}`,
});

import { startCrowdsec, stateWithBans } from '../crowdsec-bouncer.js';
import { cycle } from '../cycle.js';

export default cycle({
  id: 'unban-crowdsec-bouncer',
  title: 'The real CrowdSec has banned the server twice, and its bouncer keeps it out',
  remedy: 'unban-address',
  needs: ['nft', 'crowdsec'],
  arguments: ['--allow-wider'],
  commands: /cscli decisions delete --id \d+ +# 198\.51\.100\.10, crowdsecurity\/http-(probing|bad-user-agent)/,
  breaks: (device) =>
    startCrowdsec(device, [
      { address: '198.51.100.10', reason: 'crowdsecurity/http-probing', hours: 2 },
      { address: '198.51.100.10', reason: 'crowdsecurity/http-bad-user-agent', hours: 1 },
      { address: '203.0.113.5', reason: 'crowdsecurity/ssh-bf', hours: 1 },
    ]),
  state: stateWithBans,
});

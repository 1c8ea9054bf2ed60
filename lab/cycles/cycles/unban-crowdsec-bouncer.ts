import { startCrowdsec, stateWithBans } from '../crowdsec-bouncer.js';
import { cycle } from '../cycle.js';

export default cycle({
  id: 'unban-crowdsec-bouncer',
  title: 'The real CrowdSec has banned the server, and its bouncer keeps it out',
  remedy: 'unban-address',
  needs: ['nft', 'crowdsec'],
  arguments: ['--allow-wider'],
  commands: /cscli decisions delete --ip 198\.51\.100\.10/,
  breaks: (device) =>
    startCrowdsec(device, [
      { address: '198.51.100.10', reason: 'crowdsecurity/http-probing', hours: 1 },
      { address: '203.0.113.5', reason: 'crowdsecurity/ssh-bf', hours: 1 },
    ]),
  state: stateWithBans,
});

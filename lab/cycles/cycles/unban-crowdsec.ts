import { fakeCrowdsec } from '../crowdsec.js';
import { cycle } from '../cycle.js';

export default cycle({
  id: 'unban-crowdsec',
  title: 'CrowdSec (a fake of its client) has banned the server',
  remedy: 'unban-address',
  arguments: ['--allow-wider'],
  commands: /cscli decisions delete --ip 198\.51\.100\.10/,
  breaks: (device) => fakeCrowdsec(device, '198.51.100.10', 'crowdsecurity/http-probing'),
});

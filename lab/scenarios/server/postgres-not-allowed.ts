import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { ssh } from '../../world/internet.js';

/** An ErrorResponse as the server writes it (protocol 3.0): severity, SQLSTATE, message, routine. */
const FIELDS = 'SFATAL\0VFATAL\0C28000\0Mno pg_hba.conf entry for host "192.168.7.20"\0RClientAuthentication\0\0';
const PG_HBA = `E\0\0\0${String.fromCharCode(FIELDS.length + 4)}${FIELDS}`;

export default scenario({
  id: 'postgres-not-allowed',
  side: 'server',
  title: 'PostgreSQL says that its pg_hba.conf has no line for this computer',
  target: 'postgres://reader:secret@four.example.com/shop',
  shows: 'service-refuses-client',
  nearly: ['server-closes-at-once'],
  services: { server: [{ kind: 'greeting', port: 5432, text: '', replies: ['N', PG_HBA] }, ssh()] },
  break: [],
  expect: both(failed('service-refuses-client', { side: 'server', stage: 'service', ...onlyLikely })),
});

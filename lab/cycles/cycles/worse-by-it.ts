import { writeEtc } from '../device.js';
import { cycle } from '../cycle.js';

/** A hook of the administrator's, as a fake of nft: whenever a rule is inserted, a table that stops other ports is loaded too. */
const hook = `#!/bin/sh
/usr/sbin/nft "$@" || exit
case "$*" in
*'"insert"'*) /usr/sbin/nft -f /etc/side.nft ;;
*'"delete":{"rule"'*) /usr/sbin/nft delete table inet side ;;
esac
`;

export default cycle({
  id: 'worse-by-it',
  title: 'The target works by the exception, but its loading stops other ports: it is taken back by itself',
  remedy: 'allow-in-firewall',
  takenBack: /something else got worse by it: port (?:22|443) of /,
  async breaks(device) {
    writeEtc(
      device,
      'side.nft',
      'table inet side { chain out { type filter hook output priority 0; tcp dport { 22, 443 } drop; }; }\n',
    );
    await device.nft(
      'table inet filter { chain output { type filter hook output priority 0; tcp dport 80 drop; }; }\n',
    );
    device.fake('nft', hook);
  },
});

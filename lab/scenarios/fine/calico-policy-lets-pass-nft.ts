import { both, reachable, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

// The near miss of calico-policy-nft. As felix writes it in its mode nftables (felix/rules/endpoints.go, chain prefix filter-cali-); Calico itself does not run here.
export default scenario({
  id: 'calico-policy-lets-pass-nft',
  side: 'fine',
  title:
    'A network policy of Kubernetes, carried out by Calico in its mode nftables, lets this very port of a pod pass',
  target: '198.51.100.10:443',
  shows: 'reachable',
  nearly: ['app-policy', 'local-firewall'],
  break: [],
  distractors: [
    nft(
      'device',
      `table ip calico {
    chain filter-OUTPUT { type filter hook output priority filter; policy accept; jump filter-cali-OUTPUT; }
    chain filter-cali-OUTPUT { ip daddr 198.51.100.10 jump filter-cali-to-wl-dispatch; }
    chain filter-cali-to-wl-dispatch { goto filter-cali-tw-cali95aa86cbb2a; }
    chain filter-cali-tw-cali95aa86cbb2a {
      ct state established,related accept comment "cali:YQbV3Grz9zA9cEwT;"
      meta mark set mark & 0xfffdffff comment "cali:R0BvIzwHSFvyuTcX;"
      meta mark & 0x00020000 == 0 jump filter-cali-pi-_tTE-E7yY40ogArNVgKt comment "cali:pm-LK-c1ra31tRwz;"
      meta mark & 0x00010000 == 0x00010000 return comment "cali:q_zG8dAujKUIBe0Q; Return if policy accepted"
      meta mark & 0x00020000 == 0 drop comment "cali:FUDVBYh1Yr6tVRgq; Drop if no policies passed packet"
    }
    chain filter-cali-pi-_tTE-E7yY40ogArNVgKt {
      tcp dport 443 meta mark set mark | 0x00010000 comment "cali:M4Und37HGrw6jUk8; Policy default/knp.default.web ingress"
      meta mark & 0x00010000 == 0x00010000 return comment "cali:sEnlfZagUFRSPRoe;"
    }
  }\n`,
    ),
  ],
  expect: both(reachable),
  needs: ['nft'],
});

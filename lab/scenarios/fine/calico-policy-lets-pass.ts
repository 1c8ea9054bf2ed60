import { both, reachable, scenario } from '../../scenario.js';
import { iptablesRestore } from '../../world/steps.js';

// The near miss of calico-policy. Rules as felix writes them on a node (Calico itself does not run here): a policy for a pod lets one port pass.
export default scenario({
  id: 'calico-policy-lets-pass',
  side: 'fine',
  title: 'A network policy of Kubernetes, carried out by Calico, lets this very port of a pod pass',
  target: '198.51.100.10:443',
  shows: 'reachable',
  nearly: ['app-policy', 'local-firewall'],
  break: [],
  distractors: [
    iptablesRestore(
      'device',
      `*filter
:OUTPUT ACCEPT [0:0]
:cali-OUTPUT - [0:0]
:cali-to-wl-dispatch - [0:0]
:cali-tw-cali95aa86cbb2a - [0:0]
:cali-pi-_tTE-E7yY40ogArNVgKt - [0:0]
-A OUTPUT -m comment --comment "cali:tVnHkvAo15HuiPy0" -j cali-OUTPUT
-A cali-OUTPUT -d 198.51.100.10/32 -m comment --comment "cali:Fr2a1d8H0XTfD7hK" -j cali-to-wl-dispatch
-A cali-to-wl-dispatch -m comment --comment "cali:kQWrm4cbMYBPxIi3" -g cali-tw-cali95aa86cbb2a
-A cali-tw-cali95aa86cbb2a -m comment --comment "cali:YQbV3Grz9zA9cEwT" -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A cali-tw-cali95aa86cbb2a -m comment --comment "cali:R0BvIzwHSFvyuTcX" -j MARK --set-xmark 0x0/0x20000
-A cali-tw-cali95aa86cbb2a -m comment --comment "cali:pm-LK-c1ra31tRwz" -m mark --mark 0x0/0x20000 -j cali-pi-_tTE-E7yY40ogArNVgKt
-A cali-tw-cali95aa86cbb2a -m comment --comment "cali:q_zG8dAujKUIBe0Q" -m comment --comment "Return if policy accepted" -m mark --mark 0x10000/0x10000 -j RETURN
-A cali-tw-cali95aa86cbb2a -m comment --comment "cali:FUDVBYh1Yr6tVRgq" -m comment --comment "Drop if no policies passed packet" -m mark --mark 0x0/0x20000 -j DROP
-A cali-pi-_tTE-E7yY40ogArNVgKt -p tcp -m comment --comment "cali:M4Und37HGrw6jUk8" -m tcp --dport 443 -j MARK --set-xmark 0x10000/0x10000
-A cali-pi-_tTE-E7yY40ogArNVgKt -m comment --comment "cali:sEnlfZagUFRSPRoe" -m mark --mark 0x10000/0x10000 -j RETURN
COMMIT`,
    ),
  ],
  expect: both(reachable),
  needs: ['iptables-nft'],
});

// Rules as Calico's felix writes them on a node, where Calico itself cannot run: a policy for a pod lets one port pass.
import { iptablesRestore, nft, type Step } from './steps.js';

/** The pod is at 198.51.100.10; what no policy lets pass is dropped. */
export function calicoPolicy(port: number): Step {
  return iptablesRestore(
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
-A cali-pi-_tTE-E7yY40ogArNVgKt -p tcp -m comment --comment "cali:M4Und37HGrw6jUk8" -m tcp --dport ${port} -j MARK --set-xmark 0x10000/0x10000
-A cali-pi-_tTE-E7yY40ogArNVgKt -m comment --comment "cali:sEnlfZagUFRSPRoe" -m mark --mark 0x10000/0x10000 -j RETURN
COMMIT`,
  );
}

/** The same in its mode nftables (felix/rules/endpoints.go, chain prefix filter-cali-). */
export function calicoPolicyNft(port: number): Step {
  return nft(
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
      tcp dport ${port} meta mark set mark | 0x00010000 comment "cali:M4Und37HGrw6jUk8; Policy default/knp.default.web ingress"
      meta mark & 0x00010000 == 0x00010000 return comment "cali:sEnlfZagUFRSPRoe;"
    }
  }\n`,
  );
}

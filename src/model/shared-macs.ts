/**
 * Hardware addresses that several routers share on purpose, each for its own protocol: VRRP and CARP (RFC 9568), HSRP, GLBP.
 * GLBP gives each who asks another one.
 */
const shared = ['00:00:5e:00:01:', '00:00:5e:00:02:', '00:00:0c:07:ac:', '00:00:0c:9f:f', '00:05:73:a0:0', '00:07:b4:'];

export function isSharedMac(mac: string): boolean {
  return shared.some((prefix) => mac.startsWith(prefix));
}

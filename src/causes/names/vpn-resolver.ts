/** A name server inside a VPN's network, set while the VPN was up. */
import { inPrefix, scopeOf } from '../../model/address.js';
import { fact, type Facts } from '../../model/facts.js';

/** Programs and interfaces of VPNs, as those write themselves into resolv.conf. */
const products =
  /\b(?:openvpn|openconnect|vpnc|wg-quick|wireguard|mullvad|nordvpn|protonvpn|expressvpn|tailscale|strongswan|anyconnect|globalprotect|vpn)\b/i;
const devices = /\b(?:tun|tap|wg|ppp|utun|tailscale|nordlynx|proton)\d+\b/i;
const tunnels = /^(?:tun|tap|wg|ppp|utun|tailscale|nordlynx|proton|mullvad|zt)/;

/**
 * Who set it, and that nothing of that is there any more: an address inside a network, none of this computer's interfaces is
 * in that network, and none is a tunnel. Null where that is not so, or not known.
 */
export function leftByVpn(resolver: string, facts: Facts): { readonly owner: string; readonly note: string } | null {
  if (!['private', 'shared'].includes(scopeOf(resolver))) return null;
  const note = fact(facts, 'name.config')?.notes?.find((one) => products.test(one) || devices.test(one));
  const interfaces = fact(facts, 'device.interfaces');
  if (note === undefined || !interfaces) return null;
  const isUp = interfaces.some(
    ({ name, up, addresses }) =>
      up && (tunnels.test(name) || addresses.some(({ address, prefix }) => inPrefix(resolver, `${address}/${prefix}`))),
  );
  if (isUp) return null;
  const [owner = 'vpn'] = products.exec(note) ?? devices.exec(note) ?? [];
  return { owner: owner.toLowerCase(), note };
}

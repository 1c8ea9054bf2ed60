/**
 * Marks that VPNs give to their own packets, and routing tables of theirs, so that rules of routing let those pass by: from their
 * sources (wg-quick(8); mullvad-daemon, TUNNEL_FW_MARK; NordVPN's daemon, firewall/allowlist; tailscaled, router_linux.go).
 */
const products: readonly { readonly mark: number; readonly table: string; readonly product: string }[] = [
  { mark: 0xca6c, table: '51820', product: 'WireGuard' },
  { mark: 0x6d6f6c65, table: '1836018789', product: 'Mullvad' },
  { mark: 0xe1f1, table: '205', product: 'NordVPN' },
  { mark: 0x80000, table: '52', product: 'Tailscale' },
];

/** Whose rule of routing that is, by its mark: `not from all fwmark 0xca6c lookup 51820`. Undefined where that says nothing. */
export function productOfMark(rule: string): string | undefined {
  const mark = markIn(rule);
  return mark === null ? undefined : products.find((one) => one.mark === Number(mark))?.product;
}

/** The mark that a rule asks for, as `ip rule` prints it, without its mask. */
export function markIn(rule: string): string | null {
  return / fwmark (0x[0-9a-f]{1,8})\b/i.exec(rule)?.[1] ?? null;
}

/** Whose table a rule leads to that asks for no mark: `5270: from all lookup 52`. */
export function productOfTable(table: string): string | undefined {
  return products.find((one) => one.table === table)?.product;
}

/** Whether a rule of the firewall that asks for this very mark asks for a VPN's own packets. */
export function isMarkOfVpn(mark: number): boolean {
  return products.some((one) => one.mark === mark);
}

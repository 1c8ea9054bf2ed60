/** How this computer looks names up. */
export type NameOperation = FlushCache | ResolvedDns;

export const nameCaches = ['nscd', 'dnsmasq', 'unbound', 'systemd-resolved'] as const;

/** A program of this device forgets what it remembers of names. Nothing of it can be put back, and nobody misses it. */
export interface FlushCache {
  readonly kind: 'flush-cache';
  readonly cache: (typeof nameCaches)[number];
}

/** systemd-resolved asks these servers for what goes out by one interface, until it connects again. */
export interface ResolvedDns {
  readonly kind: 'resolved-dns';
  readonly link: string;
  readonly servers: readonly string[];
}

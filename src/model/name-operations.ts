/** How this computer looks names up. */
export type NameOperation = FlushCache | ResolvedDns | ResolvconfDns | NmDns;

export const nameCaches = ['nscd', 'dnsmasq', 'unbound', 'systemd-resolved'] as const;

/** A program of this device forgets what it remembers of names. Nothing of it can be put back, and nobody misses it. */
export interface FlushCache {
  readonly kind: 'flush-cache';
  readonly cache: (typeof nameCaches)[number];
  /** Only these, and what is below them: of a cache that can forget some names alone (unbound). */
  readonly names?: readonly string[];
}

/** systemd-resolved asks these servers for what goes out by one interface, until it connects again. */
export interface ResolvedDns {
  readonly kind: 'resolved-dns';
  readonly link: string;
  readonly servers: readonly string[];
}

/** resolvconf(8) puts that server in front of all that it knows, in what it writes into resolv.conf. */
export interface ResolvconfDns {
  readonly kind: 'resolvconf-dns';
  /** Whose settings hold it: openresolv's own file, or the head that Debian's resolvconf (and openresolv too) copies. */
  readonly by: 'openresolv' | 'head';
  readonly server: string;
}

/** NetworkManager asks that server for what one connection's network named, in its settings and at once. */
export interface NmDns {
  readonly kind: 'nm-dns';
  readonly device: string;
  /** The connection's UUID. */
  readonly connection: string;
  readonly server: string;
  /** Which does not answer, and is asked no more, whoever named it. */
  readonly dead: string;
}

/** A lease as ISC's dhclient writes it (dhclient.leases(5)), as far as it matters here. */
export interface Lease {
  readonly device: string;
  readonly address: string;
  /** Milliseconds since 1970; null: never. */
  readonly expires: number | null;
  readonly portal: string | null;
  /** Where a script is that chooses a proxy (option 252). */
  readonly script: string | null;
}

const mostLeases = 64;
/**
 * Option 114 was "default-url" before RFC 8910 gave it to portals; dhclient 4.4 still writes that name (measured). "160" is
 * what RFC 7710 had first; without any name it is `unknown-114`.
 */
const portalOptions = new Set(['default-url', 'v4-captive-portal', 'captive-portal', 'unknown-114']);
/** Option 252 belongs to nobody (RFC 3942): a name stands there only where a setting gives it one. */
const scriptOptions = new Set(['unknown-252', 'wpad', 'wpad-url', 'local-proxy-config', 'auto-proxy-config']);

/** Leases in the order of the file: later ones replace earlier ones of the same interface. */
export function readLeases(text: string): Lease[] {
  const blocks = text
    .split(/^lease6?\s*\{/m)
    .slice(1)
    .slice(-mostLeases);
  return blocks.flatMap((block) => leaseIn(block.split(/^\}/m)[0] ?? '') ?? []);
}

function leaseIn(block: string): Lease | null {
  const device = /^\s*interface\s+"([^"\n]{1,15})"\s*;/m.exec(block)?.[1];
  const address = /^\s*fixed-address\s+([0-9.]{7,15})\s*;/m.exec(block)?.[1];
  if (device === undefined || address === undefined) return null;
  const options = [...block.matchAll(/^\s*option\s+(?:[\w-]+\.)?([\w-]{1,40})\s+([^\n]{1,1200});\s*$/gm)];
  const valueFor = (names: ReadonlySet<string>): string | null => {
    const written = options.find(([, name = '']) => names.has(name))?.[2];
    return written === undefined ? null : valueOf(written);
  };
  return {
    device,
    address,
    expires: expiryOf(block),
    portal: valueFor(portalOptions),
    script: valueFor(scriptOptions),
  };
}

/** `5 2026/11/27 23:46:03`, in UTC; `epoch 1795823163; # …`; `never`. What cannot be read counts as over. */
function expiryOf(block: string): number | null {
  const words = /^\s*expire\s+([^;\n]{1,60});/m.exec(block)?.[1]?.trim() ?? '';
  if (words === 'never') return null;
  const epoch = /^epoch\s+(\d{1,12})$/.exec(words)?.[1];
  if (epoch !== undefined) return Number(epoch) * 1000;
  const parts = /^\d\s+(\d{4})\/(\d{2})\/(\d{2})\s+(\d{2}):(\d{2}):(\d{2})$/.exec(words);
  if (!parts) return 0;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** A quoted string with its escapes, or bytes in hexadecimal: `68:74:74:70`. */
function valueOf(written: string): string | null {
  const quoted = /^"((?:[^"\\]|\\.){0,1000})"$/.exec(written)?.[1];
  if (quoted !== undefined)
    return quoted.replaceAll(/\\([0-7]{3}|.)/g, (_, escape: string) =>
      escape.length === 3 ? String.fromCharCode(Number.parseInt(escape, 8)) : escape,
    );
  if (!/^[0-9a-f]{1,2}(?::[0-9a-f]{1,2}){0,400}$/i.test(written)) return null;
  return String.fromCharCode(...written.split(':').map((byte) => Number.parseInt(byte, 16)));
}

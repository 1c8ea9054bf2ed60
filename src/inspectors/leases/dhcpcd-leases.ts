import type { InterfaceFact } from '../../model/facts.js';
import type { System } from '../../model/system.js';

/**
 * An option of the last message that dhcpcd keeps as it came (RFC 2131, 2): its own address at byte 16, options behind byte
 * 240. Null where the interface has another address by now.
 */
export async function dhcpcdOption(
  { name, addresses }: Pick<InterfaceFact, 'name' | 'addresses'>,
  code: number,
  { files }: Pick<System, 'files'>,
): Promise<{ readonly value: Buffer; readonly location: string } | null> {
  for (const location of [`/var/lib/dhcpcd/${name}.lease`, `/var/lib/dhcpcd5/dhcpcd-${name}.lease`]) {
    // oxlint-disable-next-line no-await-in-loop -- the second is where old versions have it
    const read = await files.read(location, 4096);
    if (!read.ok) continue;
    const message = Buffer.from(read.bytes);
    const own = [...message.subarray(16, 20)].join('.');
    const value = addresses.some(({ address }) => address === own) ? optionOf(message, code) : null;
    return value === null ? null : { value, location };
  }
  return null;
}

/** An option of a DHCP message (RFC 2132); null where it has none, or is cut off. */
export function optionOf(message: Buffer, wanted: number): Buffer | null {
  if (message.length < 240 || message.readUInt32BE(236) !== 0x63825363) return null;
  for (let at = 240; at + 1 < message.length;) {
    const code = message[at] ?? 255;
    if (code === 255) return null;
    if (code === 0) at += 1;
    else {
      const length = message[at + 1] ?? 0;
      if (code === wanted) return at + 2 + length <= message.length ? message.subarray(at + 2, at + 2 + length) : null;
      at += 2 + length;
    }
  }
  return null;
}

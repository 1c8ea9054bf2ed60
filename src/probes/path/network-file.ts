import type { Context } from '../../model/gatherer.js';
import type { HopOwner } from '../../model/way-facts.js';

type NetworkOf = (address: string) => HopOwner['network'];

/** The tables of networks that are given away have 10 to 60 MB. */
const mostBytes = 256 * 1024 * 1024;
const longestName = 100;
const nothing: NetworkOf = () => null;

/**
 * Reads the file that the setting `networks` names (MaxMind's format; of the tables of autonomous systems by MaxMind, DB-IP
 * and IPinfo). What cannot be read is no reason to end a diagnosis: then nothing is known of whose network it is.
 */
export async function networkReader({ system, options }: Context): Promise<NetworkOf> {
  const path = options.settings.networks;
  if (path === undefined) return nothing;
  const file = await system.files.read(path, mostBytes);
  if (!file.ok || file.truncated) return nothing;
  try {
    const { Reader } = await import('mmdb-lib');
    const reader = new Reader(Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength));
    return (address) => {
      try {
        return networkIn(reader.get(address));
      } catch {
        return null; // a broken part of the file
      }
    };
  } catch {
    return nothing; // no such file, or another format
  }
}

function networkIn(entry: unknown): HopOwner['network'] {
  if (typeof entry !== 'object' || entry === null) return null;
  const fields = new Map<string, unknown>(Object.entries(entry));
  const number = fields.get('autonomous_system_number') ?? fields.get('asn');
  const organisation = fields.get('autonomous_system_organization') ?? fields.get('as_name') ?? fields.get('name');
  const digits =
    typeof number === 'number'
      ? number
      : typeof number === 'string'
        ? /^(?:AS)?(\d{1,10})$/.exec(number)?.[1]
        : undefined;
  const asNumber = digits === undefined ? null : Number(digits);
  const name = typeof organisation === 'string' && organisation !== '' ? organisation.slice(0, longestName) : null;
  return asNumber === null && name === null ? null : { number: asNumber, organisation: name };
}

/** Values in rtnetlink's attributes: numbers in the machine's own order (little-endian here), addresses as bytes. */
import { canonical } from '../../../model/address.js';
import type { TableEntry } from '../../../model/kernel-tables.js';
import { attribute } from '../trace/netlink-message.js';

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function unsigned(value: Uint8Array | undefined): number | null {
  return value && value.length >= 4 ? viewOf(value).getUint32(0, true) : null;
}

export function unsignedAttribute(type: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, value, true);
  return attribute(type, bytes);
}

/** An address of either family by its length; null for anything else. */
export function addressText(value: Uint8Array | undefined): string | null {
  if (value?.length === 4) return value.join('.');
  if (value?.length !== 16) return null;
  const view = viewOf(value);
  return canonical(Array.from({ length: 8 }, (_, i) => view.getUint16(2 * i).toString(16)).join(':'));
}

/** `10.0.0.0/8`, and an address alone for a whole one. */
export function prefixText(value: Uint8Array | undefined, length: number): string | null {
  const address = addressText(value);
  if (address === null || value === undefined) return null;
  return length === value.length * 8 ? address : `${address}/${length}`;
}

/** An object without its absent parts. */
export function present(parts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== null && value !== undefined));
}

export function allOrNull(entries: readonly (TableEntry | null)[]): TableEntry[] | null {
  const whole = entries.filter((entry) => entry !== null);
  return whole.length === entries.length ? whole : null;
}

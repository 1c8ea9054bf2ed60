import { bytesOf, familyOf } from '../../model/address.js';
import type { Arguments } from '../validate.js';

/** `198.51.100.10`, `198.51.100.0/24`, `198.51.100.3-198.51.100.9`; nothing else is an element here. */
export function isElement(text: string): boolean {
  const [first = '', last, ...rest] = text.split('-');
  if (rest.length > 0) return false;
  if (last !== undefined) return isAddress(first) && isAddress(last) && familyOf(first) === familyOf(last);
  const [address = '', length, ...more] = first.split('/');
  if (!isAddress(address) || more.length > 0) return false;
  return (
    length === undefined ||
    (/^\d{1,3}$/.test(length) && Number(length) >= 1 && Number(length) <= (bytesOf(address)?.length ?? 0) * 8)
  );
}

export function isAddress(text: string): boolean {
  return familyOf(text) !== 0 && !text.includes('%');
}

export function elementOf(args: Arguments, name: string): string {
  const text = args.text(name, 100);
  if (!isElement(text)) throw args.wrong(`${name} is no address and no network`);
  return text;
}

/** How many addresses beside one it holds: a whole network is more than the target. */
export function isOneAddress(element: string): boolean {
  const [address = '', length] = element.split('/');
  return !element.includes('-') && (length === undefined || Number(length) === (bytesOf(address)?.length ?? 0) * 8);
}

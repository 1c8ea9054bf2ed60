import { parseIPv4, parseIPv6 } from './addresses.js';
import { symbolsOf, type ValueType } from './fields.js';
import type { Num } from './intervals.js';

/** One constant as dumps write it (a JSON number, a name, an address), or undefined where it means nothing for the type. */
export function parseValue(value: unknown, type: ValueType): Num | undefined {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || value < 0) return undefined;
    return type === 'ipv6' ? BigInt(value) : value;
  }
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'string' ? parseText(value, type) : undefined;
}

export function parseText(text: string, type: ValueType): Num | undefined {
  switch (type) {
    case 'ipv4':
      return parseIPv4(text) ?? (isNumeral(text) ? Number(text) : undefined);
    case 'ipv6':
      return parseIPv6(text) ?? (isNumeral(text) ? BigInt(text) : undefined);
    case 'ether':
      return parseEther(text);
    case 'hour':
      return parseHour(text);
    case 'time':
      return parseTime(text);
    case 'port':
      return named(text.replace(withoutType, ''), type);
    default:
      return named(text, type);
  }
}

function named(text: string, type: ValueType): number | undefined {
  const table = symbolsOf[type];
  const known = table !== undefined && Object.hasOwn(table, text.toLowerCase()) ? table[text.toLowerCase()] : undefined;
  return known ?? (isNumeral(text) ? Number(text) : undefined);
}

/** nft 1.0.6 prints ports of `ct original proto-dst` so, in its JSON too: `0x16 [invalid type]`. */
const withoutType = / \[invalid type\]$/;

function isNumeral(text: string): boolean {
  return /^(0x[0-9a-f]{1,13}|\d{1,15})$/i.test(text);
}

function parseEther(text: string): number | undefined {
  return /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(text) ? Number.parseInt(text.replaceAll(':', ''), 16) : undefined;
}

/** `10:00` or `10:00:30`, in seconds since midnight. */
export function parseHour(text: string): number | undefined {
  const found = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (!found) return isNumeral(text) ? Number(text) : undefined;
  const [hours, minutes, seconds] = [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)];
  return hours <= 24 && minutes < 60 && seconds < 61 ? hours * 3600 + minutes * 60 + seconds : undefined;
}

/** `2024-01-01 10:00:00` as if it were UTC, in seconds since 1970. */
export function parseTime(text: string): number | undefined {
  const found = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{1,2}:\d{2}(?::\d{2})?))?$/.exec(text);
  if (!found) return isNumeral(text) ? Number(text) : undefined;
  const day = Date.parse(`${found[1]}T00:00:00Z`) / 1000;
  const clock = found[2] === undefined ? 0 : parseHour(found[2]);
  return Number.isNaN(day) || clock === undefined ? undefined : day + clock;
}

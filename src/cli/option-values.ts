import type { InboundQuestion } from '../model/inbound.js';
import { WrongWords } from './wrong-words.js';

export function timeoutOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const seconds = /^\d{1,4}(?:\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  if (!(seconds >= 0.1 && seconds <= 3600)) throw new WrongWords('--timeout takes seconds, from 0.1 to 3600');
  return Math.round(seconds * 1000);
}

/** Names of Linux have at most 15 bytes, and no slash or space (dev_valid_name); elsewhere they are shorter still. */
export function interfaceOf(name: string | undefined): string | null {
  if (name === undefined) return null;
  if (!/^[\w.:@-]{1,15}$/.test(name))
    throw new WrongWords('--interface takes the name of a network interface, such as eth0');
  return name;
}

/** Names as useradd takes them, or a number. */
export function userOf(name: string | undefined): string | null {
  if (name === undefined) return null;
  if (!/^\w[\w.-]{0,31}\$?$/.test(name)) throw new WrongWords('--as takes the name or number of a user');
  return name;
}

export function fileOf(name: string | undefined): string | null {
  if (name === '') throw new WrongWords('--html needs a file, such as --html report.html');
  return name ?? null;
}

export function oneInterface(names: readonly string[] | undefined): string | null {
  const [name, another] = names ?? [];
  if (another !== undefined) throw new WrongWords('one --interface at a time; whoblocked compare takes several');
  return interfaceOf(name);
}

export function protocolOf(word: string | undefined): InboundQuestion['protocol'] | null {
  if (word === undefined) return null;
  const protocol = word.toLowerCase();
  if (protocol !== 'tcp' && protocol !== 'udp') throw new WrongWords('--proto is tcp or udp');
  return protocol;
}

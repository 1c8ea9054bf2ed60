import { readFileSync } from 'node:fs';
import type { Kernel } from '../kernel.js';
import type { Readiness } from '../readiness.js';
import { attribute, attributesIn, message, type Message, NLM_F_ACK, number, textOf } from './netlink-message.js';
import { openNetfilter } from './netlink-socket.js';

const NFNL_SUBSYS_ULOG = 4;
const NFULNL_MSG_PACKET = 0;
const NFULNL_MSG_CONFIG = 1;
const NFULNL_CFG_CMD_BIND = 1;
const NFULNL_COPY_PACKET = 2;
const NFULA_CFG_CMD = 1;
const NFULA_CFG_MODE = 2;
const NFULA_CFG_QTHRESH = 5;
const NFULA_PAYLOAD = 9;
const NFULA_PREFIX = 10;
/** Headers are enough. */
const copiedBytes = 128;

/**
 * What iptables-legacy writes down of packets that are traced, where this network's logger is nfnetlink_log: group 0, if
 * nobody else has it. Calls back with each step as a line of the kernel's log would have it. Null where there are no
 * such tables, or somebody listens already. Bound to the socket: gone with the process.
 */
export function openLegacyLog(
  kernel: Kernel,
  readiness: Readiness,
  onLine: (line: string) => void,
): (() => Promise<void>) | null {
  if (!hasLegacyTables()) return null;
  const socket = openNetfilter(kernel, readiness);
  if (typeof socket === 'number') return null;
  const configure = (value: Uint8Array): number =>
    socket.commit(message((NFNL_SUBSYS_ULOG << 8) | NFULNL_MSG_CONFIG, NLM_F_ACK, 1, 0, 0, value));
  const refused =
    configure(attribute(NFULA_CFG_CMD, Uint8Array.of(NFULNL_CFG_CMD_BIND))) ||
    // struct nfulnl_msg_config_mode: the bytes to copy (big-endian), the mode, padding.
    configure(attribute(NFULA_CFG_MODE, Uint8Array.of(0, 0, 0, copiedBytes, NFULNL_COPY_PACKET, 0))) ||
    // Each packet at once, not a hundred together.
    configure(number(NFULA_CFG_QTHRESH, 1)) ||
    socket.hear((one) => {
      const line = legacyLine(one);
      if (line !== null) onLine(line);
    });
  if (refused === 0) return () => socket.close();
  void socket.close();
  return null;
}

function hasLegacyTables(): boolean {
  return ['/proc/net/ip_tables_names', '/proc/net/ip6_tables_names'].some((file) => {
    try {
      return readFileSync(file, 'latin1').trim() !== '';
    } catch {
      return false;
    }
  });
}

/** `TRACE: filter:MINE:rule:2 IN= OUT= SRC=… DST=… PROTO=TCP SPT=… DPT=…`; null for any other message. */
export function legacyLine({ type, body }: Message): string | null {
  if (type !== ((NFNL_SUBSYS_ULOG << 8) | NFULNL_MSG_PACKET)) return null;
  const attributes = attributesIn(body.subarray(4));
  const prefix = textOf(attributes.get(NFULA_PREFIX))?.trim() ?? '';
  const ends = endsOf(attributes.get(NFULA_PAYLOAD) ?? new Uint8Array());
  return !prefix.startsWith('TRACE: ') || ends === null ? null : `${prefix} IN= OUT= ${ends}`;
}

/** Addresses and ports of an IP packet (RFC 791, RFC 8200 without extension headers). */
function endsOf(packet: Uint8Array): string | null {
  const version = (packet[0] ?? 0) >> 4;
  const isV4 = version === 4;
  const headers = isV4 ? ((packet[0] ?? 0) & 15) * 4 : 40;
  if ((version !== 4 && version !== 6) || packet.length < headers + 4) return null;
  const protocol = { 6: 'TCP', 17: 'UDP' }[packet[isV4 ? 9 : 6] ?? 0];
  if (protocol === undefined) return null;
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const address = (at: number): string =>
    isV4
      ? packet.subarray(at, at + 4).join('.')
      : Array.from({ length: 8 }, (_, i) => view.getUint16(at + 2 * i).toString(16)).join(':');
  const [source, destination] = isV4 ? [address(12), address(16)] : [address(8), address(24)];
  return `SRC=${source} DST=${destination} PROTO=${protocol} SPT=${view.getUint16(headers)} DPT=${view.getUint16(headers + 2)}`;
}

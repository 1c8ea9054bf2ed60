/** The part of dns-packet that the tests use as an oracle; it brings no types of its own. */
declare module 'dns-packet' {
  export interface OracleRecord {
    type: string;
    name: string;
    class?: string;
    ttl?: number;
    flags?: number;
    udpPayloadSize?: number;
    flag_do?: boolean;
    data?: unknown;
    options?: readonly { code: number; data?: Uint8Array }[];
  }
  export interface OraclePacket {
    type?: 'query' | 'response';
    id?: number;
    flags?: number;
    flag_rd?: boolean;
    flag_cd?: boolean;
    rcode?: string;
    questions?: { type: string; name: string; class?: string }[];
    answers?: OracleRecord[];
    authorities?: OracleRecord[];
    additionals?: OracleRecord[];
  }
  export function encode(packet: OraclePacket): Buffer;
  export function decode(bytes: Buffer): OraclePacket;
  export const AUTHORITATIVE_ANSWER: number;
  export const TRUNCATED_RESPONSE: number;
  export const RECURSION_DESIRED: number;
  export const RECURSION_AVAILABLE: number;
  export const AUTHENTIC_DATA: number;
}

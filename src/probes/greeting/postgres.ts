import type { Target } from '../../model/target.js';
import type { Recognised } from './recognise.js';

/** Asks whether TLS is spoken; one byte comes back, whatever the server thinks of us (PostgreSQL protocol, 53.2.10). */
export const sslRequest: Uint8Array = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** NAMEDATALEN of PostgreSQL is 64: longer names are cut off there. */
const longestName = 63;

/**
 * A startup message (3.0) of a user who does not exist. The server answers what it would ask of a client, or why not.
 * pg_hba.conf has lines for single databases: it is asked for the one that was meant.
 */
export function startupMessage({ scheme, path }: Pick<Target, 'scheme' | 'path'>): Uint8Array {
  const [, meant = ''] = scheme === 'postgres' ? (/^\/([\w.~-]+)$/.exec(path) ?? []) : [];
  const database = meant === '' ? 'postgres' : meant.slice(0, longestName);
  return startup({ user: 'whoblocked', database });
}

function startup(parameters: Readonly<Record<string, string>>): Uint8Array {
  const words = Object.entries(parameters)
    .flat()
    .map((word) => `${word}\0`)
    .join('');
  const body = Buffer.concat([Buffer.from([0, 3, 0, 0]), Buffer.from(`${words}\0`, 'latin1')]);
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([length, body]);
}

const mostFields = 32;

/** `R`: authentication is asked for, so it works. `E`: an error with its fields. Null while incomplete or foreign. */
export function readPostgres(bytes: Uint8Array): Recognised | null {
  const kind = String.fromCharCode(bytes[0] ?? 0);
  if (kind === 'R' || kind === 'v') return bytes.length >= 9 ? { protocol: 'postgres' } : null;
  if (kind !== 'E' || bytes.length < 5) return null;
  const length = Buffer.from(bytes).readInt32BE(1);
  // Before version 7.4, and in very early trouble still, the error is bare text.
  if (length < 5 || length > 30_000) {
    return {
      protocol: 'postgres',
      text: Buffer.from(bytes.subarray(1, 301)).toString('utf8').split('\0')[0] ?? '',
      code: 'refuses',
    };
  }
  if (bytes.length < length + 1) return null;
  const fields = new Map(
    Buffer.from(bytes.subarray(5, length + 1))
      .toString('utf8')
      .split('\0')
      .slice(0, mostFields)
      .map((field) => [field.slice(0, 1), field.slice(1)] as const),
  );
  const state = fields.get('C') ?? '';
  const text = `${state} ${fields.get('M') ?? ''}`.slice(0, 300);
  // 57P03 cannot_connect_now: starting up, shutting down or in recovery (Appendix A of the manual).
  if (state === '57P03') return { protocol: 'postgres', text, code: 'starting' };
  if (isAboutUser(state, fields.get('R') ?? '', fields.get('M') ?? '')) return { protocol: 'postgres' };
  return { protocol: 'postgres', text, code: 'refuses' };
}

/**
 * Our user and our database do not exist: such an answer comes after the client's address was let in. pg_hba.conf's own
 * refusal has the same SQLSTATE 28000, yet comes from another routine (libpq/auth.c; messages are translated, routines
 * are not).
 */
function isAboutUser(state: string, routine: string, message: string): boolean {
  if (state === '3D000' || state === '28P01') return true;
  // Poolers and providers have states of their own: PgBouncer "no such user: …", Supavisor "Tenant or user not found".
  if (
    /no such (?:user|database)|(?:user|role|tenant|database|endpoint id)\b.{0,60}(?:not found|does not exist|is not specified)/i.test(
      message,
    )
  )
    return routine !== 'ClientAuthentication';
  return state === '28000' && routine !== 'ClientAuthentication';
}

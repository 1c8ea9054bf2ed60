import { familyOf } from '../../model/address.js';
import type { InterferenceTrial } from '../../model/interference.js';
import { headOf } from '../http/exchange.js';
import { clientHello } from '../tls/client-hello.js';
import type { Subject } from './subject.js';

/** Names that everybody may use (RFC 2606, 6761): no filter has a reason to stop them, no server is bothered. */
const harmless = ['example.org', 'example.com', 'example.net'];
const filler = 'plain-and-harmless-';
const longestLabel = 63;

/**
 * A harmless name of the same length, so that what is sent is as large: a path that loses large packets treats both
 * alike. Not one below the same parent as the name in question.
 */
export function controlName(host: string): string {
  const base = harmless.find((name) => host !== name && !host.endsWith(`.${name}`)) ?? 'example.org';
  const room = host.length - base.length - 1;
  if (room < 1) return base;
  const label = filler
    .repeat(Math.ceil(Math.min(room, longestLabel) / filler.length))
    .slice(0, Math.min(room, longestLabel));
  return `${label.replace(/-$/, 'x')}.${base}`;
}

export type Asked = Exclude<InterferenceTrial['asked'], 'open'>;

function nameFor(asked: Asked, subject: Subject): string | null {
  if (asked === 'none' || asked === 'quiet') return null;
  return asked === 'other' ? controlName(subject.host) : subject.host;
}

/** What is sent: the failed step's own bytes, or these with one thing changed. */
export async function payloadFor(asked: Asked, subject: Subject): Promise<Uint8Array> {
  if (asked === 'quiet') return new Uint8Array();
  const name = nameFor(asked, subject);
  if (subject.layer === 'tls') {
    const { applicationProtocols } = subject;
    return clientHello({ serverName: name !== null && familyOf(name) === 0 ? name : null, applicationProtocols });
  }
  return headOf({
    method: 'GET',
    secure: false,
    host: name ?? subject.address,
    port: subject.port,
    path: asked === 'path' ? '/' : subject.path,
    timeoutMs: 0,
  });
}

/** What the trials of an experiment say. */
export interface Said {
  name(asked: Asked, subject: Subject): string | null;
  payload(asked: Asked, subject: Subject): Promise<Uint8Array>;
}

/** They differ in the name (or the page) alone. */
export const byName: Said = { name: nameFor, payload: payloadFor };

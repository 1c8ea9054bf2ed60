import { unbracketed } from '../../model/address.js';
import type { Duplex } from 'node:stream';
import type { OtherClock } from '../../model/device-state.js';
import { fact, type ReferenceTry } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { exchange } from '../http/exchange.js';
import { measureTls } from '../tls/measure-later.js';

const longestMs = 1_200;
const mostAsked = 4;
const longestDate = 40;
const secureWebPort = 443;

/** What time it is for the others that answered: the Date of their answers (RFC 9110 6.6.1), asked for once each. */
export const clocks: Gatherer<'clocks'> = {
  fact: 'clocks',
  needs: ['references'],
  base: false,
  cost: 'heavy',
  platforms: 'any',
  privilege: 'none',
  reference: true,
  async gather(facts, context) {
    const answered = (fact(facts, 'references') ?? []).filter(
      (one) => one.ok && (one.kind === 'host' || one.kind === 'portal'),
    );
    if (answered.length === 0) return skipped('no other server answered');
    const asked = await Promise.all(answered.slice(0, mostAsked).map((one) => ask(one, context)));
    return known(
      asked.flatMap((clock) => clock ?? []),
      'Date of HTTP answers',
    );
  },
};

async function ask(one: ReferenceTry, context: Context): Promise<OtherClock | null> {
  const { address, port } = one;
  if (address === null || port === null) return null;
  const { system, options, signal } = context;
  const timeoutMs = Math.max(1, Math.min(longestMs, context.remaining() / 3));
  const { stream } = await system.sockets.dial({ address, port, timeoutMs, interface: options.interface }, signal).done;
  if (!stream) return null;
  const place = placeOf(one);
  if (port !== secureWebPort) return dateOf(stream, { ...one, address }, place, false, context);
  const request = { serverName: place.host, applicationProtocols: ['http/1.1'], versions: 'usual', timeoutMs } as const;
  const measured = await measureTls(stream, { address, port }, place.host, request, system, signal);
  if (!measured.stream) {
    stream.destroy();
    return null;
  }
  const { faults, anchor } = measured.entry;
  // By its dates alone a certificate may be at fault here: that is what is asked about.
  const secure = anchor?.public === true && faults.every(({ code }) => code === 'expired' || code === 'not-yet-valid');
  return dateOf(measured.stream, { ...one, address }, place, secure, context);
}

interface Place {
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

function placeOf({ name, port }: ReferenceTry): Place {
  if (URL.canParse(name) && name.includes('://')) {
    const url = new URL(name);
    return { host: unbracketed(url.hostname), port: port ?? 80, path: url.pathname };
  }
  return { host: unbracketed(name.replace(/:\d+$/, '')), port: port ?? secureWebPort, path: '/' };
}

async function dateOf(
  stream: Duplex,
  { name, address }: { readonly name: string; readonly address: string },
  place: Place,
  secure: boolean,
  context: Context,
): Promise<OtherClock | null> {
  const timeoutMs = Math.max(1, Math.min(longestMs, context.remaining() / 3));
  const request = { method: 'HEAD', secure: place.port === secureWebPort, ...place, timeoutMs } as const;
  const { response } = await exchange(stream, request, context.system, context.signal);
  const at = Date.parse(response?.headers.get('date')?.slice(0, longestDate) ?? '');
  if (Number.isNaN(at)) return null;
  const wallClock = context.system.clock.wall().toISOString();
  return { name, address, date: new Date(at).toISOString(), wallClock, secure };
}

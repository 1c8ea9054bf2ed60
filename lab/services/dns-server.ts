// A resolver of the lab's own: it answers from a table, and misbehaves exactly as told.
import dgram from 'node:dgram';
import { readFileSync } from 'node:fs';
import type net from 'node:net';
import tls from 'node:tls';
import type { DnsBehaviour, DnsService, MadeCertificate, Records, Zone } from './description.js';
import {
  address4,
  address6,
  name,
  readQuestion,
  soa,
  text,
  TYPE,
  writeReply,
  type Question,
  type Record,
  type Reply,
} from './dns-wire.js';
import { addressesOf, listen } from './tcp.js';

const usualTtl = 300;
const UDP_BOUND = 1232;
const TCP_BOUND = 65_535;

function recordsOf(entry: Records, type: number, owner: string | null, ttl: number): Record[] {
  const make = (kind: number, data: Buffer): Record => ({ owner, type: kind, ttl, data });
  if (type === TYPE.A) return (entry.A ?? []).map((address) => make(TYPE.A, address4(address)));
  if (type === TYPE.AAAA) return (entry.AAAA ?? []).map((address) => make(TYPE.AAAA, address6(address)));
  if (type === TYPE.NS) return (entry.NS ?? []).map((server) => make(TYPE.NS, name(server)));
  if (type === TYPE.PTR && entry.PTR !== undefined) return [make(TYPE.PTR, name(entry.PTR))];
  if (type === TYPE.TXT && entry.TXT !== undefined) return [make(TYPE.TXT, text(entry.TXT))];
  return [];
}

/** The zone a name is in: its last two labels where the table has names there, else the last one (`com`). */
function apexOf(question: string, zone: Zone): string {
  const two = question.split('.').slice(-2).join('.');
  const has = Object.keys(zone).some((known) => known === two || known.endsWith(`.${two}`));
  return has ? two : (question.split('.').at(-1) ?? question);
}

/** Of the wildcards above a name the nearest. */
function wildcard(owner: string, zone: Zone): Records | undefined {
  const labels = owner.split('.');
  return labels.map((_, at) => zone[`*.${labels.slice(at + 1).join('.')}`]).find((entry) => entry !== undefined);
}

function follow(service: DnsService, question: Question): { answers: Record[]; exists: boolean } {
  const answers: Record[] = [];
  let owner = question.name;
  for (let hops = 0; hops < 16; hops += 1) {
    const entry = service.zone[owner] ?? wildcard(owner, service.zone);
    if (entry === undefined) return { answers, exists: hops > 0 || owner === apexOf(owner, service.zone) };
    const written = hops === 0 ? null : owner;
    const found = recordsOf(entry, question.type, written, service.ttl ?? usualTtl);
    if (found.length > 0 || entry.CNAME === undefined) return { answers: [...answers, ...found], exists: true };
    answers.push({ owner: written, type: TYPE.CNAME, ttl: service.ttl ?? usualTtl, data: name(entry.CNAME) });
    owner = entry.CNAME;
  }
  return { answers, exists: true };
}

function many(question: Question, count: number): Record[] {
  const six = question.type === TYPE.AAAA;
  return Array.from({ length: count }, (_, index) => ({
    owner: null,
    type: six ? TYPE.AAAA : TYPE.A,
    ttl: usualTtl,
    data: six
      ? address6(`2001:db8:ffff::${(index + 1).toString(16)}`)
      : Buffer.from([198, 18, (index >> 8) & 255, index & 255]),
  }));
}

/** The zone of this server's own that a name is in, and the delegation below it that leads on. */
function referral(service: DnsService, question: Question): Reply | null {
  const isIn = (zone: string): boolean => question.name === zone || question.name.endsWith(`.${zone}`);
  const own = (service.authorityFor ?? []).filter(isIn).toSorted((a, b) => b.length - a.length)[0];
  if (own === undefined) return { rcode: 5, answers: [], authority: [], truncated: false };
  const cut = Object.entries(service.zone).find(
    ([zone, entry]) => entry.NS !== undefined && zone !== own && zone.endsWith(`.${own}`) && isIn(zone),
  );
  if (cut === undefined) return null;
  const [zone, { NS = [] }] = cut;
  const authority = NS.map((server) => ({ owner: zone, type: TYPE.NS, ttl: usualTtl, data: name(server) }));
  return { rcode: 0, answers: [], authority, truncated: false };
}

function replyTo(service: DnsService, question: Question, behaviour: DnsBehaviour, overUdp: boolean): Reply {
  if (service.authorityFor !== undefined) {
    const elsewhere = referral(service, question);
    if (elsewhere) return elsewhere;
  }
  const { answers, exists } = follow(service, question);
  const rcode = behaviour.rcode ?? (exists ? 0 : 3);
  const apex = apexOf(question.name, service.zone);
  const failed = rcode !== 0 && rcode !== 3;
  // An alias is told even when what it leads to does not exist (RFC 6604).
  let given = failed ? [] : rcode === 3 ? answers.filter((item) => item.type === TYPE.CNAME) : answers;
  if (behaviour.records !== undefined && (question.type === TYPE.A || question.type === TYPE.AAAA))
    given = many(question, behaviour.records);
  const negative = !failed && !given.some((item) => item.type === question.type);
  const record = (): Record => ({ owner: apex, type: TYPE.SOA, ttl: usualTtl, data: soa(apex, service.serial) });
  if (question.type === TYPE.SOA && question.name === apex && !failed) given = [record()];
  const vouched = negative && question.type !== TYPE.SOA && behaviour.withoutZone !== true;
  const authority: Record[] = vouched ? [record()] : [];
  if (behaviour.compressionLoop === true) given = given.map((item) => ({ ...item, owner: { loop: true as const } }));
  const truncated = behaviour.truncate === true && overUdp;
  return {
    rcode,
    answers: truncated ? [] : given,
    authority: truncated ? [] : authority,
    truncated,
    ...(service.authorityFor === undefined || failed ? {} : { authoritative: true as const }),
    ...(behaviour.extendedError === undefined ? {} : { extendedError: behaviour.extendedError }),
    ...(behaviour.answersForName === undefined ? {} : { questionName: behaviour.answersForName }),
  };
}

const heard = new WeakMap<DnsService, number>();

function isLost(service: DnsService): boolean {
  const before = heard.get(service) ?? 0;
  heard.set(service, before + 1);
  return before < (service.loses?.first ?? 0) || (service.loses?.everyOther === true && before % 2 === 0);
}

const failedFor = new WeakMap<DnsService, number>();

function stillFails(service: DnsService): boolean {
  const before = failedFor.get(service) ?? 0;
  failedFor.set(service, before + 1);
  return before < (service.failsFirst ?? 0);
}

const asked = new WeakMap<object, number>();

/** The zone as it was for the first questions. */
function asItWas(service: DnsService, question: Question): DnsService {
  const entry = service.zone[question.name];
  const formerly = entry?.behaviour?.formerly;
  if (!entry || !formerly || question.type !== TYPE.A) return service;
  const before = asked.get(entry) ?? 0;
  asked.set(entry, before + 1);
  if (before >= formerly.questions) return service;
  return { ...service, zone: { ...service.zone, [question.name]: { ...entry, A: formerly.A } } };
}

function answer(now: DnsService, message: Buffer, overUdp: boolean, send: (bytes: Buffer) => void): void {
  const question = readQuestion(message);
  if (question === null) return;
  if (overUdp && now.loses !== undefined && isLost(now)) return;
  const service = asItWas(now, question);
  if (stillFails(now)) {
    const failure: Reply = { rcode: 2, answers: [], authority: [], truncated: false };
    return send(writeReply(question, failure, UDP_BOUND));
  }
  const behaviour = service.zone[question.name]?.behaviour ?? service.behaviour ?? {};
  if (behaviour.silent === true) return;
  if (service.ednsRcode !== undefined && message.readUInt16BE(10) > 0) {
    const refusal: Reply = { rcode: service.ednsRcode, answers: [], authority: [], truncated: false };
    return send(writeReply({ ...question, edns: false }, refusal, UDP_BOUND));
  }
  const bytes =
    behaviour.garbage === undefined
      ? writeReply(question, replyTo(service, question, behaviour, overUdp), overUdp ? UDP_BOUND : TCP_BOUND)
      : Buffer.concat([message.subarray(0, 2), Buffer.from(behaviour.garbage, 'base64')]);
  const { before } = behaviour;
  if (before !== undefined && overUdp) {
    const [rcode, zone] = [before.rcode ?? 0, { [question.name]: { A: before.A ?? [] } }];
    const forged = replyTo({ ...service, zone }, question, { rcode }, true);
    // As those do that answer for others: without the zone that would say so.
    send(writeReply(question, { ...forged, authority: [] }, UDP_BOUND));
  }
  const delayMs = before !== undefined && overUdp ? before.thenMs : behaviour.delayMs;
  if (delayMs === undefined) send(bytes);
  else setTimeout(() => send(bytes), delayMs);
}

async function listenUdp(service: DnsService, address: string): Promise<void> {
  const socket = dgram.createSocket({ type: address.includes(':') ? 'udp6' : 'udp4', ipv6Only: address.includes(':') });
  socket.on('error', () => undefined);
  socket.on('message', (message, from) => {
    answer(service, message, true, (bytes) => socket.send(bytes, from.port, from.address));
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind({ port: service.port, address }, () => {
      socket.off('error', reject);
      resolve();
    });
  });
}

function serveTcp(service: DnsService, socket: net.Socket): void {
  let held: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    while (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) {
      const end = 2 + held.readUInt16BE(0);
      answer(service, held.subarray(2, end), false, (bytes) => {
        const length = Buffer.alloc(2);
        length.writeUInt16BE(bytes.length, 0);
        if (!socket.destroyed) socket.write(Buffer.concat([length, bytes]));
      });
      held = held.subarray(end);
    }
    if (held.length > TCP_BOUND) socket.destroy();
  });
}

/** One GET with the question in its query (RFC 8484 4.1). */
function serveHttps(service: DnsService, socket: net.Socket): void {
  let held = '';
  socket.on('data', (chunk: Buffer) => {
    held += chunk.toString('latin1');
    const question = /^GET \/dns-query\?dns=([\w-]{1,4000}) HTTP[^]*\r\n\r\n/.exec(held)?.[1];
    if (question === undefined) return void (held.length > UDP_BOUND * 8 && socket.destroy());
    answer(service, Buffer.from(question, 'base64url'), false, (bytes) => {
      const head = `HTTP/1.1 200 OK\r\nContent-Type: application/dns-message\r\nContent-Length: ${bytes.length}\r\n\r\n`;
      socket.end(Buffer.concat([Buffer.from(head), bytes]));
    });
  });
}

/** Starts one DNS service, UDP and TCP, and TLS where it has a certificate. */
export async function serveDns(service: DnsService, certificate?: MadeCertificate): Promise<void> {
  // Answers must leave from the address that was asked: one socket for each address of the machine.
  for (const address of addressesOf(service)) await listenUdp(service, address);
  if (service.udpOnly !== true) await listen(service, (socket) => serveTcp(service, socket));
  if (service.tls === undefined || certificate === undefined) return;
  const context = tls.createSecureContext({
    key: readFileSync(certificate.key),
    cert: readFileSync(certificate.chain),
  });
  const serve = (port: number, serveOn: (service: DnsService, socket: net.Socket) => void): Promise<void> =>
    listen({ ...service, port }, (socket) => {
      const secured = new tls.TLSSocket(socket, { isServer: true, secureContext: context });
      secured.on('error', () => undefined);
      serveOn(service, secured);
    });
  await serve(853, serveTcp);
  if (service.overHttps) await serve(443, serveHttps);
}

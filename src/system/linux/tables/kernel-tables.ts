import type { KernelTables, TableAnswer, TableEntry } from '../../../model/kernel-tables.js';
import type { Kernel } from '../kernel.js';
import { attributesIn, type Message, textOf } from '../trace/netlink-message.js';
import { AF_INET, AF_INET6 } from '../constants.js';
import { allOrNull, viewOf } from './decode.js';
import { linkEntries, neighbourEntries } from './interfaces.js';
import { listeningSockets, listeningSocketsOf } from './listening.js';
import { refusals } from './names.js';
import { type Answered, openRouteSocket, type RouteSocket } from './route-socket.js';
import { isDefault, routeEntry, routeQuestion } from './routes.js';
import { ruleEntries } from './rules.js';

const RTM_GETLINK = 18;
const RTM_GETADDR = 22;
const RTM_GETROUTE = 26;
const RTM_GETNEIGH = 30;
const RTM_GETRULE = 34;
const linkHeader = 16;
const IFLA_IFNAME = 3;
const families = { 0: 0, 4: AF_INET, 6: AF_INET6 } as const;

/** Null when there is no such socket (a sandbox, a kernel without it). */
export function kernelTables(kernel: Kernel): KernelTables {
  return {
    ask: (family, command) => {
      const socket = openRouteSocket(kernel);
      if (typeof socket === 'number') return Promise.resolve(null);
      try {
        return Promise.resolve(answerOf(kernel, socket, family, command));
      } finally {
        socket.close();
      }
    },
    listening: () => {
      const socket = openRouteSocket(kernel);
      if (typeof socket === 'number') return Promise.resolve(null);
      try {
        return Promise.resolve(listeningSockets(kernel, namesOf(socket)));
      } finally {
        socket.close();
      }
    },
    listeningOf: (pid) => Promise.resolve(listeningSocketsOf(kernel, pid)),
  };
}

function answerOf(
  kernel: Kernel,
  socket: RouteSocket,
  family: 0 | 4 | 6,
  command: readonly string[],
): TableAnswer | null {
  const short = command.join(' ');
  const all = new Uint8Array(16); // a header of any of these kinds, all zero but for the family
  all[0] = families[family];
  if (short === 'addr show') {
    const [links, addresses] = [socket.dump(RTM_GETLINK, all), socket.dump(RTM_GETADDR, all.subarray(0, 8))];
    return isTable(links) && isTable(addresses) ? { entries: linkEntries(links, addresses) } : null;
  }
  if (short === 'neigh show nud all') {
    const neighbours = socket.dump(RTM_GETNEIGH, all.subarray(0, 12));
    return isTable(neighbours) ? { entries: neighbourEntries(neighbours, namesOf(socket)) } : null;
  }
  if (short === 'rule show') {
    const rules = socket.dump(RTM_GETRULE, all.subarray(0, 12));
    return entriesOrNull(isTable(rules) ? ruleEntries(rules) : null);
  }
  if (short === 'route show default') {
    const routes = socket.dump(RTM_GETROUTE, all.subarray(0, 12));
    return entriesOrNull(isTable(routes) ? routeEntries(routes.filter(isDefault), socket) : null);
  }
  return command[0] === 'route' && command[1] === 'get' ? getRoute(kernel, socket, command.slice(2)) : null;
}

function getRoute(kernel: Kernel, socket: RouteSocket, words: readonly string[]): TableAnswer | null {
  const match = words[0] === 'fibmatch';
  const [address = '', ...rest] = match ? words.slice(1) : words;
  let device: number | null = null;
  let uid: number | null = null;
  for (let at = 0; at < rest.length; at += 2) {
    const value = rest[at + 1] ?? '';
    if (rest[at] === 'oif') device = kernel.libc.interfaceIndex(value);
    else if (rest[at] === 'uid' && /^\d{1,10}$/.test(value)) uid = Number(value);
    else return null;
  }
  const question = device === 0 ? null : routeQuestion({ address, device, uid, match });
  if (!question) return null;
  const answer = socket.get(RTM_GETROUTE, question);
  if (typeof answer === 'number') {
    const words = refusals[answer];
    return words === undefined ? null : { refused: words };
  }
  return entriesOrNull(answer === null ? null : routeEntries(answer, socket));
}

function routeEntries(routes: readonly Message[], socket: RouteSocket): TableEntry[] | null {
  const nameOf = namesOf(socket);
  return allOrNull(routes.map((route) => routeEntry(route, nameOf)));
}

function entriesOrNull(entries: readonly TableEntry[] | null): TableAnswer | null {
  return entries === null ? null : { entries };
}

function isTable(answer: Answered): answer is readonly Message[] {
  return typeof answer === 'object' && answer !== null;
}

/** Names of interfaces by index, each asked for once. */
function namesOf(socket: RouteSocket): (index: number) => string | null {
  const names = new Map<number, string | null>();
  return (index) => {
    const seen = names.get(index);
    if (seen !== undefined) return seen;
    const question = new Uint8Array(linkHeader);
    viewOf(question).setInt32(4, index, true);
    const answer = socket.get(RTM_GETLINK, question);
    const body = isTable(answer) ? answer[0]?.body : undefined;
    const name = body ? textOf(attributesIn(body.subarray(linkHeader)).get(IFLA_IFNAME)) : null;
    names.set(index, name);
    return name;
  };
}

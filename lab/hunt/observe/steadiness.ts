// Whether the command's own attempts at the target fared alike. Of two ways side by side one may be dead, and chance
// decides which a connection takes: the hunt's client may have been lucky where the command was not, or the other way round.
import { errorsAbout, type Reply } from './fate.js';
import { RST, SYN, type TcpPart } from './packet.js';
import type { Heard } from './wiretap.js';

export interface Steadiness {
  readonly perAddress: readonly Attempts[];
  /** What routers said of them: one that limits its errors may have said it to the command, and nothing to the client. */
  readonly errors: readonly Reply[];
}

/** What became of the command's attempts at one address of the target. */
export interface Attempts {
  readonly address: string;
  /** By the server's side of the connection, not by a router's error. */
  readonly answered: number;
  /** Of them, by an acceptance. */
  readonly opened: number;
  /** Nobody said anything, though one that was sent later was answered, or the kernel has repeated it. */
  readonly silent: number;
  /** A router's error was the answer. */
  readonly turnedAway: number;
}

/** Probes of the way leave with a small hop limit, and are not meant to arrive. */
const LEAST_HOP_LIMIT = 60;

interface Attempt {
  readonly address: string;
  readonly at: number;
  copies: number;
  /** Where in what was heard the first answer stands. */
  answeredAt: number | null;
  byError: boolean;
  opened: boolean;
}

export function steadinessOf({ sightings }: Heard, addresses: readonly string[], port: number): Steadiness {
  const attempts = new Map<number, Attempt>();
  const isReply = ({ flags }: TcpPart): boolean => (flags & (SYN | RST)) !== 0;
  for (const [at, { machine, leaves, packet }] of sightings.entries()) {
    const { tcp, icmp } = packet;
    if (machine !== 'device') continue;
    if (!leaves) {
      const error = icmp?.about?.tcp;
      const attempt = attempts.get(error ? error.seq : tcp && isReply(tcp) ? (tcp.ack - 1) >>> 0 : -1);
      if (!attempt || attempt.answeredAt !== null) continue;
      attempt.answeredAt = at;
      attempt.byError = error !== undefined;
      attempt.opened = tcp !== undefined && (tcp.flags & SYN) !== 0;
    } else if (tcp && (tcp.flags & SYN) !== 0 && tcp.dport === port && addresses.includes(packet.destination)) {
      if (packet.hopLimit < LEAST_HOP_LIMIT) continue;
      const known = attempts.get(tcp.seq);
      if (known) known.copies += 1;
      else
        attempts.set(tcp.seq, {
          address: packet.destination,
          at,
          copies: 1,
          answeredAt: null,
          byError: false,
          opened: false,
        });
    }
  }
  return {
    perAddress: addresses.flatMap((address) => {
      const own = [...attempts.values()].filter((one) => one.address === address);
      return own.length === 0 ? [] : [{ address, ...countsOf(own) }];
    }),
    errors: errorsAbout(sightings, new Set(attempts.keys())),
  };
}

function countsOf(own: readonly Attempt[]): Omit<Attempts, 'address'> {
  const heard = own.filter(({ answeredAt }) => answeredAt !== null);
  const answered = heard.filter(({ byError }) => !byError);
  const isOvertaken = ({ at, copies }: Attempt): boolean => copies > 1 || answered.some((other) => other.at > at);
  return {
    answered: answered.length,
    opened: answered.filter(({ opened }) => opened).length,
    silent: own.filter((one) => one.answeredAt === null && isOvertaken(one)).length,
    turnedAway: heard.length - answered.length,
  };
}

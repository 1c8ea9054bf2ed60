import { addressModules } from './match-address.js';
import { conntrackModules } from './match-conntrack.js';
import { packetModules } from './match-packet.js';
import { portModules } from './match-ports.js';
import { socketModules } from './match-socket.js';
import { timeModules } from './match-time.js';
import { undecidedModules } from './match-undecided.js';
import type { MatchModule } from './module.js';

const comment: MatchModule = { options: { comment: 1 }, build: () => [] };

/** Every match of iptables that is known, by the name after -m. */
export const modules: ReadonlyMap<string, MatchModule> = new Map(
  Object.entries({
    ...portModules,
    ...conntrackModules,
    ...packetModules,
    ...addressModules,
    ...socketModules,
    ...timeModules,
    ...undecidedModules,
    comment,
  }),
);

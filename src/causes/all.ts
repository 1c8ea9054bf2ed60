// Written by scripts/generate.mjs from the files beside it: do not edit.
import type { Cause } from '../model/cause.js';
import { cause as localFirewall } from './device/local-firewall.js';
import { cause as gatewayUnreachable } from './network/gateway-unreachable.js';
import { cause as droppedOnPath } from './path/dropped-on-path.js';
import { cause as internetDown } from './path/internet-down.js';
import { cause as ipv4Broken } from './path/ipv4-broken.js';
import { cause as ipv6Broken } from './path/ipv6-broken.js';
import { cause as momentaryGlitch } from './path/momentary-glitch.js';
import { cause as rejectedByHop } from './path/rejected-by-hop.js';
import { cause as unreachableByHop } from './path/unreachable-by-hop.js';
import { cause as hostDown } from './server/host-down.js';
import { cause as listensOnLoopbackOnly } from './server/listens-on-loopback-only.js';
import { cause as listensOnOtherFamily } from './server/listens-on-other-family.js';
import { cause as nothingListening } from './server/nothing-listening.js';
import { cause as serverFirewall } from './server/server-firewall.js';

/** Every cause that can be judged. */
export const causes: readonly Cause[] = [
  localFirewall,
  gatewayUnreachable,
  droppedOnPath,
  internetDown,
  ipv4Broken,
  ipv6Broken,
  momentaryGlitch,
  rejectedByHop,
  unreachableByHop,
  hostDown,
  listensOnLoopbackOnly,
  listensOnOtherFamily,
  nothingListening,
  serverFirewall,
];

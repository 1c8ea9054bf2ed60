import { walkFirewall, type WalkedPacket } from '../engine/walk-firewall.js';
import { familyOf } from '../model/address.js';
import { parseTarget } from '../model/parse-target.js';
import { defaultOptions } from '../model/settings.js';
import { clean } from '../report/clean.js';
import { printable } from '../report/json.js';
import { invokingUser } from '../system/identity.js';
import { openSystem } from '../system/open-system.js';
import type { Call } from './arguments.js';
import { exitCodes } from './exit-codes.js';
import { thisInvocation } from './invocation.js';
import { print, warn } from './output.js';
import { walkText } from './rules-walk-text.js';
import { stopSignals } from './stop-signals.js';
import { WrongWords } from './wrong-words.js';

/** `whoblocked rules TARGET`: the whole way of our packets through this computer's firewall, rule by rule. */
export async function rulesTargetCommand(
  call: Extract<Call, { command: 'rules-target' }>,
  script: string,
): Promise<number> {
  const parsed = parseTarget(call.target);
  if (!parsed.ok) throw new WrongWords(parsed.why);
  const { target } = parsed;
  if (target.scheme === 'unix') throw new WrongWords('a socket in a file passes no firewall');
  const system = await openSystem({ asUser: invokingUser(process.env) });
  if (!system.identity.root) {
    const { asRoot } = thisInvocation(script);
    warn(`only root may read the rules of the firewall: ${asRoot} rules ${target.input}`);
    return exitCodes.named;
  }
  const stop = stopSignals();
  try {
    const { family, protocol } = call;
    const found =
      target.literal !== 0 ? { addresses: [target.host] } : await system.lookup(target.host, family, stop.signal);
    const addresses = found.addresses.filter((address) => family === 0 || familyOf(address) === family);
    if (addresses.length === 0) {
      warn(`no address is known for ${clean(target.host, 100)}`);
      return exitCodes.named;
    }
    const options = { ...defaultOptions, family };
    const walk = await walkFirewall({ target, protocol, addresses }, system, options, stop.signal);
    for (const { where, what, fatal } of walk.problems.slice(0, 5)) if (fatal || !call.json) warn(`${where}: ${what}`);
    if (call.json) for (const packet of walk.packets) await print(`${jsonOf(packet)}\n`);
    else await print(walkText(walk, { verbose: call.verbose }));
    const passes = walk.packets.every(({ decision }) => decision.verdict === 'accept');
    return stop.code() ?? (passes ? exitCodes.works : exitCodes.named);
  } finally {
    stop.forget();
  }
}

/** A line as `rules --packets` prints it, with the packet and the whole path. */
function jsonOf({ flow, direction, packet, decision, owner, steps }: WalkedPacket): string {
  const { verdict, rule, policy, to, how, why } = decision;
  const { hook, uid } = packet;
  const about = { ...flow, direction, hook, in: packet.in, out: packet.out, uid };
  return printable(
    JSON.stringify({ verdict, rule, policy, to, how, why, owner: owner?.id, packet: about, path: steps }),
  );
}

import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Finding, Scene } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
import { besideTunnel } from '../evidence/beside-tunnel.js';
import { answeredFromOutside, routeOf } from '../evidence/connection-evidence.js';
import { defaultTaken } from '../evidence/default-taken.js';
import { deadTunnel } from '../evidence/dead-tunnel.js';
import { carriedOut } from '../evidence/firewall-evidence.js';
import { ipsecBlocks } from '../evidence/ipsec-blocks.js';
import { killSwitchWords } from '../evidence/kill-switch.js';
import { markedIntoTunnel } from '../evidence/marked-into-tunnel.js';
import { lifelessTunnel } from '../evidence/lifeless-tunnel.js';
import { notReached } from '../evidence/refused-by-own-stack.js';
import { refusingSwitch } from '../evidence/refusing-switch.js';
import { stoppedConnection, stoppedQuestion } from '../evidence/stopped-packets.js';
import {
  carrierByRule,
  carrierIntoItself,
  carrierStoppedHere,
  carrierUntold,
  carrierWords,
} from '../evidence/tunnel-carrier.js';

const tunnels = /^(?:tun|tap|wg|ppp|utun|tailscale|nordlynx|proton|mullvad|zt)/;

/** A VPN's own rules: a kill switch, or what is left of one; and a tunnel that holds the routes and carries nothing, or lacks one. */
export const cause: Cause = {
  id: 'vpn-blocks',
  side: 'this-device',
  stage: 'route',
  title: 'A VPN on this computer blocks the connection',
  symptoms: [...stoppedConnection, ...symptoms('connect', 'aborted', 'invalid-route'), ...stoppedQuestion],
  needs: [
    'kernel.trace',
    'device.limits',
    'device.swallowed',
    'device.routes',
    'device.interfaces',
    'device.tunnels',
    'device.tunnelEnds',
    'tunnel.trace',
    'device.vpnProfiles',
    'connect.otherWay',
    'references',
  ],
  remedies: [
    'remove-vpn-leftovers',
    'remove-leftover-rule',
    'remove-refusing-route',
    'remove-refusing-rule',
    'set-gateway',
  ],
  judge(attempt, scene) {
    const traced = carriedOut('vpn-blocks', attempt, scene, (stop) => killSwitchWords(stop, attempt, scene));
    if (traced) return traced;
    const ipsec = ipsecBlocks(attempt, scene);
    if (ipsec === 'ask')
      return { says: 'unknown', missing: ['device.swallowed'], because: 'whether IPsec throws it away is not known' };
    if (ipsec) return ipsec;
    const refused = refusingSwitch(attempt, scene);
    if (refused) return refused;
    const taken = defaultTaken(attempt, scene);
    if (taken) return taken;
    const beside = besideTunnel(attempt, scene);
    if (beside) return beside;
    const carrier =
      carrierByRule('kill-switch', attempt, scene) ??
      carrierStoppedHere(attempt, scene) ??
      carrierIntoItself(attempt, scene);
    if (carrier) return carrier;
    const dead = deadTunnel(attempt, scene);
    if (dead) return whileUntold(dead, attempt, scene);
    const marked = markedIntoTunnel(attempt, scene);
    if (marked) return marked;
    const own = notReached(attempt, scene);
    if (own) return own;
    const device = routeOf(attempt, scene)?.device;
    if (device && !tunnels.test(device) && attempt.stage === 'connect' && answeredFromOutside(attempt, scene)) {
      return {
        says: 'ruledOut',
        because: 'the packet left this computer beside any tunnel and was answered outside',
        facts: ['connect', 'device.routes'],
      };
    }
    const lifeless = lifelessTunnel(attempt, scene);
    return lifeless
      ? whileUntold(lifeless, attempt, scene)
      : { says: 'unknown', missing: [], because: 'whether a VPN holds the connection is not known' };
  },
};

/** That nothing comes through it may be this device's own doing: its rules and routes are asked for what the tunnel sends. */
function whileUntold(found: Finding, attempt: FailedAttempt, scene: Scene): Finding {
  if (found.says !== 'fits') return found;
  const missing = [...(found.missing ?? []), ...carrierUntold(attempt, scene)];
  return { ...found, ...(missing.length > 0 && { missing }), ...carrierWords(found, attempt, scene) };
}

import { cycle } from '../cycle.js';
import { environment, forbidden, hadNoProxy, target, words } from '../proxy-tried.js';

export default cycle({
  id: 'pause-proxy-no-help',
  title: 'The proxy forbids what a rule of this computer keeps from going out without it too: nothing is proven',
  remedy: 'none',
  target,
  words,
  environment,
  proves: null,
  instead: {
    // curl's word for a connection that is refused.
    code: 7,
    says: /the command ends with 7; without the proxy it fails too: /,
    isDone: hadNoProxy,
  },
  async breaks(device) {
    await forbidden(device);
    await device.nft(
      'table inet mine { chain out { type filter hook output priority 0; tcp dport 80 reject with tcp reset; }; }\n',
    );
  },
});

import { cycle } from '../cycle.js';
import { environment, forbidden, hadNoProxy, target, words } from '../proxy-tried.js';

export default cycle({
  id: 'pause-proxy',
  title: 'The proxy forbids what works without it: a command is tried without, as the user who typed sudo',
  remedy: 'none',
  target,
  words,
  environment,
  proves: 'proxy-refuses',
  instead: {
    code: 0,
    says: /the command ends with 0; it works without the proxy and fails with it, before and after$/,
    isDone: hadNoProxy,
  },
  breaks: forbidden,
});

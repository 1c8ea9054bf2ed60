import { managed, opens, sudoForNobody } from '../browser.js';
import { cycle, TARGET } from '../cycle.js';

export default cycle({
  id: 'browser-allow',
  title: 'A policy of the real Chromium blocks all pages but one: this site is allowed too, by a file of ours',
  remedy: 'allow-in-browser-policy',
  words: ['fix', '--browser', TARGET, '--timeout', '29', '--yes', '--json', '--no-references', '--i-accept-the-risk'],
  needs: ['sudo', 'chromium'],
  byUser: true,
  commands: /write \/etc\/chromium\/policies\/managed\/zzz-whoblocked-[a-z2-7]{8}\.json/,
  works: (device) => opens(device, TARGET),
  async breaks(device) {
    await sudoForNobody(device);
    managed(device, 'all', { URLBlocklist: ['*'] });
    managed(device, 'one', { URLAllowlist: ['intranet.example.com'] });
  },
});

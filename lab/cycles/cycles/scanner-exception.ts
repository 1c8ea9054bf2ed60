import { cycle, TARGET } from '../cycle.js';
import { harmfulProgram, startClamd, startClamonacc, TOOL, watching } from '../scanner.js';

export default cycle({
  id: 'scanner-exception',
  title:
    'The real clamonacc does not let a program be opened: an exception for exactly this content, at the user’s risk',
  remedy: 'allow-in-scanner',
  words: ['fix', '--app', TOOL, TARGET, '--yes', '--json', '--no-references', '--i-accept-the-risk'],
  needs: ['clamav'],
  commands: /write "[0-9a-f]{64}:\d+:whoblocked [a-z2-7]{8}" into whoblocked-[a-z2-7]{8}\.sfp/,
  works: async (device) => (await device.run([TOOL])).code === 0,
  async breaks(device) {
    await harmfulProgram(device);
    await startClamd(device, watching);
    await startClamonacc(device);
    if ((await device.run([TOOL])).code === 0) throw new Error('clamonacc holds nothing back');
  },
});

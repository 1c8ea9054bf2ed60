import { existsSync } from 'node:fs';
import path from 'node:path';
import { cycle, TARGET } from '../cycle.js';
import { harmfulProgram, startClamd, startClamonacc, TOOL, watching } from '../scanner.js';

export default cycle({
  id: 'quarantine-back',
  title: 'The real clamonacc has moved a program away: back with an exception for it, at the user’s risk',
  remedy: 'restore-from-quarantine',
  words: ['fix', '--app', TOOL, TARGET, '--yes', '--json', '--no-references', '--i-accept-the-risk'],
  needs: ['clamav'],
  commands: /copy \/run\/quarantine\/tool to \/run\/watched\/tool/,
  works: async (device) => (await device.run([TOOL])).code === 0,
  async breaks(device) {
    await harmfulProgram(device);
    await startClamd(device, watching);
    await startClamonacc(device, '--move=/run/quarantine');
    await device.run(['cat', TOOL]);
    await device.run(['sleep', '1']);
    if (existsSync(path.join(device.directory, TOOL))) throw new Error('clamonacc moves nothing away');
  },
});

// `npm start -- TARGET`: installs and builds what is missing, then is the command itself, in this very process.
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installNpmPackages } from './install.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
installNpmPackages();
const { build } = await import('./build.mjs');
try {
  await build({ ifNeeded: true });
} catch (error) {
  process.stderr.write(`whoblocked: cannot be built: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(70);
}
const command = path.join(root, 'dist', 'cli.cjs');
process.argv = [process.execPath, command, ...process.argv.slice(2)];
createRequire(import.meta.url)(command);

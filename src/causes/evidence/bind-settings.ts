import type { Evidence } from '../../model/cause.js';
import type { BindingLine } from '../../model/device-state.js';

/** Where a program is told on which addresses it listens: the word of its own settings, and the file that usually holds it. */
interface BindSetting {
  readonly setting: string;
  readonly file: string;
  /** How the line reads afterwards, with the address in the place of `{}`. */
  readonly line: string;
}

/** By the name of its process. Sources: each program's own manual; the files are Debian's. */
const settings: Readonly<Record<string, BindSetting>> = {
  nginx: { setting: 'listen', file: '/etc/nginx/sites-enabled/', line: 'listen {}:PORT;' },
  apache2: { setting: 'Listen', file: '/etc/apache2/ports.conf', line: 'Listen {}:PORT' },
  postgres: {
    setting: 'listen_addresses',
    file: '/etc/postgresql/VERSION/main/postgresql.conf',
    line: "listen_addresses = 'localhost,{}'",
  },
  'redis-server': { setting: 'bind', file: '/etc/redis/redis.conf', line: 'bind 127.0.0.1 {}' },
  mysqld: { setting: 'bind-address', file: '/etc/mysql/mysql.conf.d/mysqld.cnf', line: 'bind-address = {}' },
  mariadbd: { setting: 'bind-address', file: '/etc/mysql/mariadb.conf.d/50-server.cnf', line: 'bind-address = {}' },
  memcached: { setting: '-l', file: '/etc/memcached.conf', line: '-l 127.0.0.1,{}' },
  mongod: { setting: 'bindIp', file: '/etc/mongod.conf', line: 'bindIp: 127.0.0.1,{}' },
  sshd: { setting: 'ListenAddress', file: '/etc/ssh/sshd_config', line: 'ListenAddress {}' },
};

const byCall: Readonly<Record<string, string>> = {
  node: "in its own code: server.listen(PORT, '{}'), or without an address for all",
  python3: "in its own call: --bind {} of http.server, host='{}' of Flask and uvicorn",
};

/** What to write in the place of the very line that was read. */
export function bindLineAdvice(line: BindingLine, process: string, address: string, port: number): string | null {
  const known = Object.values(settings).find(({ setting }) => setting === line.setting);
  if (known === undefined) return null;
  const filled = known.line.replaceAll('{}', address).replaceAll('PORT', String(port));
  const [, path = line.location, number] = /^(.*):(\d+)$/.exec(line.location) ?? [];
  const where = number === undefined ? `in ${path}, where nothing says it` : `in line ${number} of ${path}`;
  return `write "${filled}" ${where}, and restart ${process}; then everybody who reaches that address can ask it`;
}

/** What to write where, so that the program answers on that address too; null for programs that are not known. */
export function bindAdvice(process: string, address: string, port: number): string | null {
  const filled = (text: string): string => text.replaceAll('{}', address).replaceAll('PORT', String(port));
  const known = settings[process];
  const open = 'then everybody who reaches that address can ask it';
  if (known !== undefined)
    return `write "${filled(known.line)}" (the line ${known.setting} in ${known.file}) and restart ${process}; ${open}`;
  const call = byCall[process.replace(/^python3\.\d+$/, 'python3')];
  return call === undefined ? null : `${process} is told where to listen ${filled(call)}; ${open}`;
}

/** What stands there, or that nothing does. */
export function bindEvidence(line: BindingLine | undefined): Evidence[] {
  if (line === undefined) return [];
  const { location, setting, program, text } = line;
  const says =
    text === null
      ? `${location} does not say ${setting}: ${program} listens to its own computer then`
      : `${location} says "${text}"`;
  return [{ fact: 'device.binding', says }];
}

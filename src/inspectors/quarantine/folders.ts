import type { QuarantineFolder } from '../../model/quarantine.js';
import type { Files } from '../../model/system.js';
import { maldet } from './maldet.js';

const mostBytes = 64 * 1024;
const mostFolders = 32;
/** Where units and jobs that run scanners are kept: systemd(1), cron(8). */
const unitFolders = ['/etc/systemd/system', '/usr/lib/systemd/system', '/lib/systemd/system'];
const units = [
  'clamav-clamonacc.service',
  'clamonacc.service',
  'clamonacc@.service',
  'clamav-clamonacc.service.d/override.conf',
  'clamav-clamonacc.service.d/extend.conf',
];
const jobs = ['/etc/crontab', '/var/spool/cron/crontabs/root', '/var/spool/cron/root'];
const jobFolders = ['/etc/cron.d', '/etc/cron.hourly', '/etc/cron.daily', '/etc/cron.weekly', '/etc/cron.monthly'];

/** Folders into which scanners of this device move what they find, by what starts them; no folder is guessed. */
export async function quarantineFolders(files: Files): Promise<QuarantineFolder[]> {
  const listed = await Promise.all(
    jobFolders.map(async (folder) => ((await files.list(folder, 200)) ?? []).map((name) => `${folder}/${name}`)),
  );
  const places = [
    ...unitFolders.flatMap((folder) => units.map((name) => `${folder}/${name}`)),
    ...jobs,
    ...listed.flat(),
  ];
  const written = await Promise.all(places.map((place) => movesIn(place, files)));
  const found = [...(await movesOfProcesses(files)), ...written.flat()];
  if ((await files.stat(`${maldet}/quarantine`)) !== 'ENOENT')
    found.push({ folder: `${maldet}/quarantine`, product: 'maldet', because: `${maldet} is there`, log: null });
  const unique = found.filter((one, i) => found.findIndex((other) => other.folder === one.folder) === i);
  const looked = await Promise.all(
    unique.slice(0, mostFolders).map(async (one) => {
      const readable = (await files.list(one.folder, 1)) !== null;
      // A unit that comes with the package and was never started has moved nothing.
      const missing = !readable && (await files.stat(one.folder)) === 'ENOENT';
      return missing ? [] : [{ ...one, readable }];
    }),
  );
  return looked.flat();
}

type Found = Omit<QuarantineFolder, 'readable'>;

async function movesIn(place: string, files: Files): Promise<Found[]> {
  const file = await files.read(place, mostBytes);
  if (!file.ok) return [];
  return Buffer.from(file.bytes)
    .toString('utf8')
    .split('\n', 2_000)
    .flatMap((line, index) =>
      /^\s*#/.test(line) || !/\bclam\w*/.test(line) ? [] : moved(line, `${place}:${index + 1}`),
    );
}

/** `--move=FOLDER` and `--move FOLDER`, the copying ones too: a copy lies there as well. */
function moved(line: string, because: string): Found[] {
  return [...line.matchAll(/--(?:move|copy)(?:=|\s+)(?:"([^"]+)"|'([^']+)'|(\S+))/g)].flatMap((match) => {
    const folder = (match[1] ?? match[2] ?? match[3] ?? '').replace(/\/+$/, '');
    const log = /--log(?:=|\s+)(\/\S+)/.exec(line)?.[1] ?? null;
    return folder.startsWith('/') ? [{ folder, product: 'ClamAV', because, log }] : [];
  });
}

/**
 * Command lines of scanners that run now: anybody may read them, unless /proc hides other users' processes. Anybody may call a
 * program of his own clamscan, too: he would choose from which folder, and by which log to which place, root puts files back.
 */
async function movesOfProcesses(files: Files): Promise<Found[]> {
  const trusted = new Set(['0', await userOf('self', files)]);
  const pids = ((await files.list('/proc', 100_000)) ?? []).filter((name) => /^\d+$/.test(name)).slice(0, 4_000);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const comm = await files.read(`/proc/${pid}/comm`, 64);
      if (!comm.ok || !/^clam(?:onacc|scan|dscan)$/.test(Buffer.from(comm.bytes).toString('latin1').trim())) return [];
      const user = await userOf(pid, files);
      if (user === null || !trusted.has(user)) return [];
      const line = await files.read(`/proc/${pid}/cmdline`, 16 * 1024);
      const words = line.ok ? Buffer.from(line.bytes).toString('utf8').split('\0') : [];
      const option = (name: string): string | undefined => {
        const at = words.indexOf(`--${name}`);
        return (
          words.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? words[at < 0 ? -1 : at + 1]
        );
      };
      const [folder, log] = [option('move') ?? option('copy'), option('log')];
      if (!folder?.startsWith('/')) return [];
      const because = `process ${pid} moves files there`;
      return [
        { folder: folder.replace(/\/+$/, ''), product: 'ClamAV', because, log: log?.startsWith('/') ? log : null },
      ];
    }),
  );
  return found.flat();
}

/** By whom it was started (proc(5), real user): null where that is not told. Not by who owns its files, which it may change. */
async function userOf(pid: string, files: Files): Promise<string | null> {
  const status = await files.read(`/proc/${pid}/status`, 8_192);
  return status.ok ? (/^Uid:\t(\d+)\t/m.exec(Buffer.from(status.bytes).toString('latin1'))?.[1] ?? null) : null;
}

import { object, text } from '../json.js';
import { linesOf, type Reader, type Reading, type Written } from './found.js';

/** /etc/docker/daemon.json: `"proxies": {"http-proxy": …}`, for what the daemon itself loads (docs.docker.com, daemon proxy). */
export const readDaemon: Reader = (file, path) =>
  reading(file, path, object(parsed(file)['proxies']), ['http-proxy', 'https-proxy'], 'no-proxy');

/** ~/.docker/config.json: `"proxies": {"default": {"httpProxy": …}}`, set as variables in each new container. */
export const readClient: Reader = (file, path) =>
  reading(
    file,
    path,
    object(object(parsed(file)['proxies'])['default']),
    ['httpProxy', 'httpsProxy', 'allProxy'],
    'noProxy',
  );

function parsed(file: string): Readonly<Record<string, unknown>> {
  try {
    return object(JSON.parse(file.replace(/^\uFEFF/, '')));
  } catch {
    return {};
  }
}

function reading(
  file: string,
  path: string,
  values: Readonly<Record<string, unknown>>,
  proxies: readonly string[],
  without: string,
): Reading {
  const lines = linesOf(file);
  const found = (name: string): Written[] => {
    const value = text(values[name], 2048);
    const line = lines.findIndex((one) => one.includes(`"${name}"`)) + 1;
    return value === '' ? [] : [{ name, location: line > 0 ? `${path}:${line}` : path, text: value }];
  };
  return { written: proxies.flatMap(found), exempts: found(without) };
}

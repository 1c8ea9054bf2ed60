import { type RefusingRoute, refusingTypes } from '../../model/operation.js';

/**
 * A line as `ip route` prints it: `prohibit 198.51.100.0/24 proto static metric 5`,
 * `unreachable 2001:db8::/32 dev lo metric 1024 pref medium`. Null for one that could not be put back by these words alone.
 */
export function readRefusingRoute(line: string): (RefusingRoute & { readonly table?: string }) | null {
  const [word, prefix = '', ...rest] = line.trim().split(/\s+/);
  const type = refusingTypes.find((one) => one === word);
  if (type === undefined || !/^(?:default|[\da-f.:]{2,45}(?:\/\d{1,3})?)$/.test(prefix) || rest.length > 12)
    return null;
  let protocol: RefusingRoute['protocol'];
  let metric: number | undefined;
  let table: string | undefined;
  for (let i = 0; i < rest.length; i += 2) {
    const [key, value = ''] = [rest[i], rest[i + 1]];
    const isUsual =
      (key === 'dev' && value === 'lo') || (key === 'pref' && value === 'medium') || (key === 'error' && value !== '');
    if (isUsual) continue;
    if (key === 'metric' && /^\d{1,10}$/.test(value)) metric = Number(value);
    else if (key === 'table' && /^\w{1,20}$/.test(value)) table = value;
    else if (key === 'proto' && (value === 'static' || value === 'boot' || value === 'kernel')) protocol = value;
    else return null;
  }
  return {
    type,
    prefix,
    ...(protocol !== undefined && { protocol }),
    ...(metric !== undefined && { metric }),
    ...(table !== undefined && { table }),
  };
}

/** The same line as ip takes it. */
export function wordsOfRoute({ type, prefix, protocol, metric }: RefusingRoute): string[] {
  return [
    type,
    prefix,
    ...(protocol === undefined ? [] : ['proto', protocol]),
    ...(metric === undefined ? [] : ['metric', String(metric)]),
  ];
}

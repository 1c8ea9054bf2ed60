import { familyOf } from '../../model/address.js';

const mostPages = 4;
const hosted = /^[a-z0-9-]{1,63}\.(?:statuspage\.io|instatus\.com|betteruptime\.com|betterstack\.com|status\.io)$/;

/**
 * Where the service's status page could be: a link on the page of the failure that reads like one, then `status.` before
 * the name and before each domain above it that has an owner of its own.
 */
export function statusHosts(host: string, errorPage: string): string[] {
  if (familyOf(host) !== 0) return [];
  const labels = host.split('.');
  const above = labels.map((_, i) => labels.slice(i).join('.')).filter((name) => name.includes('.'));
  const own = above.map((name) => `status.${name}`);
  const linked = [...errorPage.matchAll(/https?:\/\/([a-z0-9.-]{4,253})(?=[/"'\s<>?#]|$)/gi)]
    .slice(0, 50)
    .flatMap(([, name]) => name?.toLowerCase() ?? [])
    .filter((name) => hosted.test(name) || own.includes(name) || isStatusOfSame(name, host));
  return [...new Set([...linked, ...own])].filter((name) => name !== host).slice(0, mostPages);
}

/** `examplestatus.com` for `shop.example.com`, as several services have it. */
function isStatusOfSame(name: string, host: string): boolean {
  const [owner = ''] = host.split('.').slice(-2);
  return (
    owner.length > 3 && new RegExp(`^(?:www\\.)?${owner.replaceAll('-', '\\-')}-?status\\.[a-z]{2,10}$`).test(name)
  );
}

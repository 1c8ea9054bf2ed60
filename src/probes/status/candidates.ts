import { registrableDomain } from '../../model/site.js';

const mostPages = 4;
const hosted = /^[a-z0-9-]{1,63}\.(?:statuspage\.io|instatus\.com|betteruptime\.com|betterstack\.com|status\.io)$/;

/**
 * Where the service's status page could be: a link on the page of the failure that reads like one, then `status.` before
 * the name and before each domain above it, up to the one that somebody has registered.
 */
export function statusHosts(host: string, errorPage: string): string[] {
  const domain = registrableDomain(host, 'everybody');
  if (domain === null) return [];
  const labels = host.split('.');
  const above = labels.map((_, i) => labels.slice(i).join('.')).filter((name) => name.length >= domain.length);
  const own = above.map((name) => `status.${name}`);
  const linked = [...errorPage.matchAll(/https?:\/\/([a-z0-9.-]{4,253})(?=[/"'\s<>?#]|$)/gi)]
    .slice(0, 50)
    .flatMap(([, name]) => name?.toLowerCase() ?? [])
    .filter((name) => hosted.test(name) || own.includes(name) || isStatusOfSame(name, domain));
  return [...new Set([...linked, ...own])].filter((name) => name !== host).slice(0, mostPages);
}

/** `examplestatus.com` for `shop.example.com`, as several services have it. */
function isStatusOfSame(name: string, domain: string): boolean {
  const [owner = ''] = domain.split('.');
  return (
    owner.length > 3 && new RegExp(`^(?:www\\.)?${owner.replaceAll('-', '\\-')}-?status\\.[a-z]{2,10}$`).test(name)
  );
}

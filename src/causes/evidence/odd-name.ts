/** What makes a file's name look like another one: a clause, or null. The same tricks as in addresses of web sites. */
export function oddName(path: string): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/.test(name))
    return 'its name holds marks that turn the direction of writing, which hides what it ends in';
  if (/\.(?:pdf|docx?|xlsx?|jpe?g|png|txt|mp[34])\s*\.(?:exe|scr|js|sh|desktop|jar|elf|bin|py|run)$/i.test(name))
    return 'its name pretends to be a document';
  const latin = /\p{Script=Latin}/u.test(name);
  const alike = /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(name);
  if (latin && alike) return 'its name mixes letters of two scripts that look alike';
  return /[\n\r\u0000-\u001f]/.test(name) ? 'its name holds control characters' : null;
}

const mostBytes = 16 * 1024;
const longestUrl = 300;

/** How login pages name themselves: WISPr's answer for programs, a refresh (HTML, "refresh state"), a script, a form. */
const ways: readonly RegExp[] = [
  /<LoginURL>\s*(?:<!\[CDATA\[)?\s*([^\s<\]]{1,600})/i,
  /<meta\s[^>]{0,80}http-equiv\s*=\s*["']?refresh["']?[^>]{0,80}content\s*=\s*["']?\s*\d{1,5}\s*[;,]\s*(?:url\s*=\s*)?["']?([^"'>\s]{1,600})/i,
  /<meta\s[^>]{0,80}content\s*=\s*["']?\s*\d{1,5}\s*[;,]\s*(?:url\s*=\s*)?["']?([^"'>\s]{1,600})["']?[^>]{0,80}http-equiv\s*=\s*["']?refresh/i,
  /\blocation(?:\.href)?\s*=\s*["']([^"'\s]{1,600})["']/,
  /\blocation\.(?:replace|assign)\(\s*["']([^"'\s]{1,600})["']\s*\)/,
  /<form\s[^>]{0,200}action\s*=\s*["']?(https?:\/\/[^"'>\s]{1,600})/i,
];

/** Where a page that came in another one's place leads people, as a whole URL; null where it does not show. */
export function loginPageIn(body: string, from: string): string | null {
  const text = body.slice(0, mostBytes);
  for (const way of ways) {
    const written = way.exec(text)?.[1]?.replaceAll('&amp;', '&');
    if (written === undefined || !URL.canParse(written, from)) continue;
    const { protocol, href } = new URL(written, from);
    if ((protocol === 'http:' || protocol === 'https:') && href !== new URL(from).href)
      return href.slice(0, longestUrl);
  }
  return null;
}

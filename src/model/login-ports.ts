/** Ports behind which a login is asked, and where many connections in a row may get somebody banned. */
export const loginPorts: ReadonlySet<number> = new Set([
  21, 22, 23, 25, 110, 143, 389, 465, 587, 636, 993, 995, 1433, 1521, 3306, 3389, 5432, 5900, 27017,
]);

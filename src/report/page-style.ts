/** Contrasts are at least 4.5 to 1 in both schemes (WCAG 2.2, 1.4.3). */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --paper: #ffffff; --edge: #8c959f; --good: #116329; --bad: #a40e26; --doubt: #7a4d00; --card: #f3f5f7; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #a5afba; --paper: #0d1117; --edge: #6e7681; --good: #56d364; --bad: #ff8a80; --doubt: #e3b341; --card: #161b22; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.5 system-ui, sans-serif; }
main, footer { max-width: 60rem; margin: 0 auto; padding: 1rem; }
.target { margin: 1rem 0 0; color: var(--soft); overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: .25rem 0 .5rem; overflow-wrap: anywhere; }
h1.good { color: var(--good); } h1.bad { color: var(--bad); } h1.doubt { color: var(--doubt); }
.mark { margin-right: .5rem; }
h2 { font-size: 1.05rem; margin: 1.25rem 0 .25rem; }
.culprit, li, td { overflow-wrap: anywhere; }
ul, ol { margin: .25rem 0; padding-left: 1.25rem; }
small, footer { color: var(--soft); }
footer { font-size: .85rem; }
.wide { overflow-x: auto; }
.way { margin: 1rem 0; }
svg text { fill: var(--ink); font: 15px system-ui, sans-serif; }
svg rect { fill: var(--card); stroke: var(--edge); stroke-width: 1.5; }
svg rect.beyond { stroke-dasharray: 5 4; }
svg line { stroke: var(--edge); stroke-width: 2; } svg line.beyond { stroke-dasharray: 5 4; }
svg .break { fill: var(--paper); stroke: none; }
svg text.cross { fill: var(--bad); font-size: 26px; font-weight: 700; } svg text.question { fill: var(--doubt); font-size: 26px; font-weight: 700; }
details { margin: .75rem 0; } summary { cursor: pointer; font-weight: 600; }
table { border-collapse: collapse; font-size: .9rem; } th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-top: 1px solid var(--edge); white-space: pre-line; }
pre, code { font: .9rem ui-monospace, monospace; } pre { background: var(--card); padding: .75rem; overflow-x: auto; }
@media print { details { display: block; } }
`;

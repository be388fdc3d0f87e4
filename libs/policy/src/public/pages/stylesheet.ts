/** The one stylesheet of the policy pages: phone first, light and dark, print. Contrast is at least WCAG 2.2 AA in both. */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1d2330; --soft: #525b6b; --line: #d5dae3; --tint: #f3f5f9;
  --accent: #1a4fa3; --notice: #fff3d6; --notice-line: #b97a00;
  --added: #dff3e1; --added-ink: #14532d; --removed: #fde3e3; --removed-ink: #7f1d1d;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12161d; --ink: #e6e9ef; --soft: #a9b2c0; --line: #39414e; --tint: #1b212b;
    --accent: #8fb7ff; --notice: #33280d; --notice-line: #d9a441;
    --added: #12351f; --added-ink: #a7e8b9; --removed: #421a1a; --removed-ink: #ffb9b9;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 1.0625rem/1.75 system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif;
}
a { color: var(--accent); text-underline-offset: .2em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -100vw; top: 0; padding: .75rem 1rem; background: var(--paper); }
.skip:focus { left: 0; z-index: 1; }
header, main, footer, .banner > * { max-width: 46rem; margin-inline: auto; padding-inline: 1.25rem; }
header { padding-top: 1.25rem; }
header nav, .acts { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem 1.25rem; font-size: .9375rem; }
header nav a, .acts a { display: inline-block; padding-block: .3rem; }
header nav .languages { margin-inline-start: auto; display: flex; align-items: baseline; gap: 1rem; }
h1 { font-size: 1.75rem; line-height: 1.3; margin: 1rem 0 .5rem; }
h2 { font-size: 1.25rem; line-height: 1.4; margin: 0 0 .5rem; }
h3, h4, h5, h6 { font-size: 1.0625rem; line-height: 1.5; margin: 1.25rem 0 .25rem; }
p, ul, ol, dl { margin: 0 0 .75rem; }
.facts, .soft, time { color: var(--soft); }
.facts { font-size: .9375rem; }
.banner { background: var(--notice); border-bottom: 2px solid var(--notice-line); padding-block: .75rem; }
.banner p { margin: 0 auto; }
.toc { background: var(--tint); border-radius: .5rem; padding: .75rem 1.25rem; margin-block: 1.25rem; }
.toc ol { margin: .5rem 0 0; padding-inline-start: 1.75rem; }
details summary { cursor: pointer; padding-block: .2rem; }
.toc summary { font-weight: 600; }
section.clause { border-top: 1px solid var(--line); padding-block: 1.5rem; scroll-margin-top: 1rem; }
section.clause .body > :last-child { margin-bottom: 0; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border: 1px solid var(--line); padding: .4rem .6rem; text-align: start; }
blockquote { margin-inline: 0; padding-inline-start: 1rem; border-inline-start: 3px solid var(--line); }
pre { overflow-x: auto; }
dfn { font-style: inherit; }
abbr[title] { text-decoration: underline dotted; text-underline-offset: .25em; cursor: help; }
.terms { margin-top: 1rem; padding: .75rem 1rem; background: var(--tint); border-inline-start: 3px solid var(--accent); border-radius: .25rem; font-size: .9375rem; }
.terms ul { margin: 0; padding-inline-start: 1.1rem; }
.terms .choice { display: block; color: var(--soft); }
.words { margin-top: .75rem; font-size: .9375rem; }
.words dt, .glossary dt { font-weight: 600; }
.words dd, .glossary dd { margin-inline-start: 0; margin-bottom: .5rem; }
.precedence { margin-top: .75rem; font-size: .9375rem; padding: .5rem 1rem; border: 1px solid var(--line); border-radius: .25rem; }
.revisions { list-style: none; padding: 0; }
.revisions li { padding-block: .5rem; border-top: 1px solid var(--line); }
.policies { list-style: none; padding: 0; }
.policies li { padding-block: 1rem; border-top: 1px solid var(--line); }
ins { background: var(--added); color: var(--added-ink); text-decoration: underline; }
del { background: var(--removed); color: var(--removed-ink); text-decoration: line-through; }
.compared { white-space: pre-wrap; }
.state { display: inline-block; font-size: .8125rem; padding: 0 .6rem; border: 1px solid currentColor; border-radius: 1rem; vertical-align: .15em; }
.changes li { margin-bottom: .5rem; }
form { display: grid; justify-items: start; gap: .25rem; margin-block: 1.25rem; }
label { font-weight: 600; margin-top: .75rem; }
label .soft { font-weight: 400; }
input, select, textarea { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: .375rem; padding: .5rem .75rem; width: 100%; }
input[inputmode="numeric"] { max-width: 12rem; letter-spacing: .2em; }
button, .button { font: inherit; font-weight: 600; cursor: pointer; color: var(--paper); background: var(--accent); border: 1px solid var(--accent); border-radius: .375rem; padding: .6rem 1.25rem; margin-top: 1rem; min-height: 2.75rem; text-decoration: none; display: inline-block; }
button.quiet { color: var(--accent); background: transparent; margin-top: 0; }
.hint { color: var(--soft); font-size: .9375rem; margin: 0; }
.error { background: var(--removed); color: var(--removed-ink); padding: .75rem 1rem; border-radius: .375rem; }
.standing { margin-top: 1rem; }
.standing time { color: inherit; }
.standing dt { color: var(--soft); font-size: .9375rem; }
.standing dd { margin: 0 0 .75rem; white-space: pre-line; }
footer { border-top: 1px solid var(--line); margin-top: 2rem; padding-block: 1.25rem 3rem; font-size: .9375rem; }
.contact { white-space: pre-line; }
@media (min-width: 64rem) {
  .wide header, .wide main, .wide footer, .wide .banner > * { max-width: 68rem; }
  .read { display: grid; grid-template-columns: 16rem minmax(0, 1fr); grid-template-rows: auto 1fr; gap: 0 2.5rem; }
  .read > .head, .read > .text { grid-column: 2; }
  .read > .toc { grid-column: 1; grid-row: 1 / span 2; position: sticky; top: 1rem; align-self: start; max-height: calc(100vh - 2rem); overflow: auto; font-size: .9375rem; }
  .toc details::details-content { content-visibility: visible; block-size: auto; }
}
@media print {
  :root { --paper: #fff; --ink: #000; --soft: #333; --line: #999; --tint: #fff; --accent: #000; --notice: #fff; --notice-line: #000; }
  body { font-size: 10.5pt; line-height: 1.5; }
  header nav, .acts, .skip { display: none; }
  .read { display: block; }
  .toc { position: static; max-height: none; break-after: page; }
  section.clause { break-inside: avoid-page; }
  h2, h3 { break-after: avoid; }
  .body a[href^="http"]::after { content: " (" attr(href) ")"; font-size: .85em; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
`;

import { Markup } from './markup.ts';

/** How a report looks: on light paper and on dark, on paper itself, and from 320 pixels on. */
export const pageStyle: Markup = new Markup(`<style>
:root { color-scheme: light dark; --ink: #1b1f24; --faint: #57606a; --paper: #fff; --soft: #f4f6f8; --line: #dfe3e8;
  --good: #00735a; --bad: #a8324a; --doubtful: #8a6100; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --faint: #a3adb8; --paper: #14171c; --soft: #1d2229;
  --line: #30363f; --good: #2fc79a; --bad: #ff8095; --doubtful: #f0b429; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 52rem; padding: 2rem 1rem 4rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0; } h2 { font-size: 1.25rem; margin: 3rem 0 0; }
h3 { font-size: 1rem; margin: 0; } p { margin: .4rem 0; }
code, pre { font: .875em/1.5 ui-monospace, monospace; }
pre { margin: .6rem 0 0; padding: .6rem .8rem; background: var(--paper); border: 1px solid var(--line); border-radius: 4px;
  white-space: pre-wrap; }
.faint { color: var(--faint); } .good { color: var(--good); } .bad { color: var(--bad); } .doubtful { color: var(--doubtful); }
.counts { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; list-style: none; padding: 0; margin: 1rem 0; }
.counts b { font-size: 1.4rem; font-variant-numeric: tabular-nums; }
.card { margin: 1rem 0; padding: 1rem; background: var(--soft); border-left: 4px solid var(--bad); border-radius: 4px; }
.card.doubtful { border-color: var(--doubtful); color: inherit; }
.reason { font-size: 1.05rem; margin: .6rem 0; }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; margin: .8rem 0; }
th, td { padding: .45rem .8rem .45rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { font-weight: 600; } thead th { color: var(--faint); font-weight: 400; }
figure { margin: 1rem 0; } figure svg { max-width: 100%; height: auto; }
.laws { table-layout: fixed; } .laws col:first-child { width: 36%; } .laws col:nth-child(2) { width: 19%; }
small { display: block; font-size: .85rem; font-weight: 400; color: var(--faint); }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--faint); font-size: .9rem; }
@media (max-width: 36rem) {
  .laws thead { display: none; } .laws tr { display: block; padding: .6rem 0; border-bottom: 1px solid var(--line); }
  .laws th, .laws td { display: block; width: auto; padding: 0; border: 0; }
}
@media print { body { max-width: none; } .card { break-inside: avoid; } }
</style>`);

import type { ConformanceReport, ExplainedLaw, LawVerdict } from '@mechane/conformance';
import type { Claim } from '@mechane/core';
import { counterexampleTable } from './counterexample-table.ts';
import { html, Markup } from './markup.ts';
import { pageStyle } from './page-style.ts';
import { verdictKinds } from './verdict-kinds.ts';
import { lawNamed } from './verdict-text.ts';

/** A mechanism that was examined, as a page tells it. */
export interface Examined {
  readonly report: ConformanceReport;
  /** One sentence: what it is. */
  readonly summary: string;
  readonly claims: readonly Claim[];
  /** The command that examines it again. */
  readonly command: string;
  /** Pictures of what is wrong, as SVG. */
  readonly pictures?: readonly string[];
}

export interface ReportPageOptions {
  readonly laws: readonly ExplainedLaw[];
  readonly seconds: number;
  /** The day, as ISO 8601 writes it. */
  readonly day: string;
}

/** A report that stands alone: one page without a script and with nothing from elsewhere. What is wrong comes first, in words. */
export function reportPage(examined: readonly Examined[], { laws, seconds, day }: ReportPageOptions): string {
  const explained = new Map(laws.map((law) => [law.law, law]));
  const [first] = examined;
  const title = first && examined.length === 1 ? first.report.mechanism : `${examined.length} mechanisms`;
  const verdicts = examined.flatMap(({ report }) => report.laws);
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}: what it claims, examined</title>
${pageStyle}</head>
<body>
<header><h1>${title}</h1>
<p class="faint">What ${examined.length === 1 ? 'it claims' : 'they claim'}, examined by the kit of Mechane ${first?.report.kit} on ${day}, in ${seconds.toFixed(1)} s</p>
${counts(verdicts)}</header>
<main>${examined.map((one) => section(one, explained, examined.length > 1))}</main>
${legend()}
</body></html>
`.text;
}

function counts(verdicts: readonly LawVerdict[]): Markup {
  const count = (verdict: LawVerdict['verdict']): number => verdicts.filter((law) => law.verdict === verdict).length;
  const always = new Set(['holds', 'refuted', 'vacuous', 'undecided']);
  const items = Object.entries(verdictKinds).flatMap(([verdict, { emphasis, plural }]) => {
    const many = count(verdict as LawVerdict['verdict']);
    if (plural === undefined || (many === 0 && !always.has(verdict))) return [];
    return [html`<li class="${many === 0 ? 'faint' : emphasis}"><b>${many}</b> ${plural}</li>`];
  });
  return html`<ul class="counts">${items}</ul>`;
}

function section(
  { report, summary, claims, command, pictures = [] }: Examined,
  explained: ReadonlyMap<string, ExplainedLaw>,
  isOneOfSeveral: boolean,
): Markup {
  const told = report.laws.filter(({ verdict }) => verdict !== 'unclaimed' && verdict !== 'not-applicable');
  const isFound = ({ verdict }: LawVerdict): boolean => verdictKinds[verdict].emphasis !== 'good';
  const unclaimed = report.laws.filter(({ verdict }) => verdict === 'unclaimed').map(({ law }) => law);
  const pointless = report.laws.filter(({ verdict, claim }) => verdict === 'not-applicable' && claim === null);
  return html`<section>${isOneOfSeveral ? html`<h2>${report.mechanism}</h2>` : undefined}
<p>${summary}</p>
${told.filter(isFound).map((law) => card(law, explained.get(law.law)))}
${pictures.map((picture) => html`<figure>${new Markup(picture)}</figure>`)}
${table(
  told.filter((law) => !isFound(law)),
  explained,
  claims,
)}
${unclaimed.length === 0 ? undefined : html`<p class="faint">Nothing is claimed of ${unclaimed.join(', ')}.</p>`}
${pointless.map(({ law, reason }) => html`<p class="faint">${law} does not apply: ${reason}.</p>`)}
<p>To examine it again:</p><pre>${command}</pre></section>`;
}

/** A law that is broken, or of which it cannot be said that it holds. */
function card(verdict: LawVerdict, law: ExplainedLaw | undefined): Markup {
  const { emphasis, told, mark } = verdictKinds[verdict.verdict];
  const { counterexample, replay, reason = '' } = verdict;
  return html`<article class="card ${emphasis === 'bad' ? '' : 'doubtful'}"><h3><span class="${emphasis}">${mark} ${told}</span>: ${lawNamed(verdict)}</h3>
${law && html`<p class="faint">It says that ${saidBy(law, verdict.mode)}. ${law.means}</p>`}
<p class="reason">${reason}</p>
${counterexample && counterexampleTable(counterexample)}
${replay === undefined ? undefined : html`<p class="faint">To see it:</p><pre>${replay}</pre>`}
${law && html`<small>${law.source}</small>`}</article>`;
}

/** What a law says as a claim means it. */
function saidBy(law: ExplainedLaw | undefined, mode: LawVerdict['mode']): string | undefined {
  return (mode === undefined ? undefined : law?.modes?.[mode]) ?? law?.says;
}

function table(
  laws: readonly LawVerdict[],
  explained: ReadonlyMap<string, ExplainedLaw>,
  claims: readonly Claim[],
): Markup | undefined {
  if (laws.length === 0) return undefined;
  const rows = laws.map((verdict) => {
    const { emphasis, told, mark } = verdictKinds[verdict.verdict];
    const { reason = '', examined, law, mode } = verdict;
    const isDenied = verdict.verdict === 'witnessed';
    const because = claims.find(
      (claim) => claim.law === law && claim.mode === mode && (claim.holds === false) === isDenied,
    )?.because;
    const looked =
      verdict.verdict === 'holds'
        ? `${examined.toLocaleString('en')} ${examined === 1 ? 'case' : 'cases'}: ${reason}`
        : reason;
    return html`<tr><th scope="row">${lawNamed(verdict)}<small>${saidBy(explained.get(law), mode)}</small></th>
<td class="${emphasis}">${mark} ${told}${bound(verdict)}</td>
<td>${looked}${because ? html`<small>${because}</small>` : undefined}</td></tr>`;
  });
  return html`<table class="laws"><colgroup><col><col><col></colgroup><thead><tr><th>Law</th><th>Verdict</th><th>What was examined</th></tr></thead>
<tbody>${rows}</tbody></table>`;
}

function bound({ claim, verdict }: LawVerdict): string {
  return verdict === 'holds' && typeof claim === 'object' && claim !== null ? ` up to ${claim.approximately}` : '';
}

function legend(): Markup {
  return html`<footer><p>“Holds” says that no counterexample was found in what is named: “every profile … over … types” is a proof on those types, random
profiles are not. “Refuted” comes with the smallest counterexample found. “Vacuous” says that nothing could have broken the law, “undecided” that it
could not be examined, or not in the time there was.</p></footer>`;
}

import type { Counterexample, Situation } from '@mechane/conformance';
import { html, type Markup } from './markup.ts';

/** A counterexample as a table: who is of which type and says what, and what comes of it. */
export function counterexampleTable({
  settings,
  types,
  agent,
  report,
  deviation = {},
  truthful,
  deviating,
  outcomes,
}: Counterexample): Markup {
  const said: Readonly<Record<string, unknown>> =
    agent !== undefined && report !== undefined ? { ...deviation, [agent]: report } : deviation;
  const names = [...new Set([...Object.keys(types), ...Object.keys(said)])];
  const hasLies = Object.keys(said).length > 0;
  const agents = names.map(
    (
      name,
    ) => html`<tr><th scope="row">${name}</th><td><code>${name in types ? json(types[name]) : 'not there'}</code></td>
${hasLies ? html`<td><code>${name in said ? inLie(said[name]) : 'the same'}</code></td>` : undefined}</tr>`,
  );
  const situations = [
    ...(truthful ? [situation(hasLies ? 'When all are truthful' : 'What comes of it', truthful, agent)] : []),
    ...(deviating ? [situation('When not', deviating, agent)] : []),
    ...(outcomes ?? []).map(
      (outcome, time) => html`<p>${time === 0 ? 'At first' : 'Then'}: <code>${json(outcome)}</code></p>`,
    ),
  ];
  return html`<div class="wide"><table><thead><tr><th>Agent</th><th>True type</th>${hasLies ? html`<th>Says instead</th>` : undefined}</tr></thead>
<tbody>${agents}</tbody></table></div>
${isEmpty(settings) ? undefined : html`<p>Settings: <code>${json(settings)}</code></p>`}${situations}`;
}

function situation(when: string, { outcome, utility }: Situation, agent: string | undefined): Markup {
  const worth = utility === undefined || agent === undefined ? '' : `, worth ${utility} to ${agent}`;
  return html`<p>${when}${worth}: <code>${outcome === undefined ? 'no outcome' : json(outcome)}</code></p>`;
}

function inLie(said: unknown): string {
  return said === null ? 'stays away' : json(said);
}

function json(content: unknown): string {
  return JSON.stringify(content) ?? 'nothing';
}

function isEmpty(settings: unknown): boolean {
  return typeof settings === 'object' && settings !== null && Object.keys(settings).length === 0;
}

import type { RunResult } from '@mechane/core';
import type { Style } from './style.ts';
import { type Cell, table } from './table.ts';
import { printable, printableName, shortened } from './terminal-text.ts';

const mostAgents = 50;

type PerAgent = Readonly<Record<string, unknown>>;

/** What a run gave, to read: what each agent pays and gets in one table, everything else below. */
export function resultText(result: RunResult, style: Style, title?: string): string {
  const { mechanism, outcome, metrics, certificate, seed } = result;
  const heading = title === undefined ? mechanism : `${title}: ${mechanism}`;
  const agents = participantsOf(outcome);
  const known = new Set(agents);
  const fields = Object.entries(outcome);
  const columns = fields.filter((field): field is [string, PerAgent] => isPerAgent(field[1], known));
  const rest = [
    ...fields.filter(([, value]) => !isPerAgent(value, known)),
    ...Object.entries(metrics),
    ...(certificate === undefined ? [] : [['certificate', certificate] as const]),
    ...(seed === null ? [] : [['seed', seed] as const]),
  ];
  const sections = [
    `${style.strong(printable(heading))}\n`,
    ...(agents.length === 0 ? [] : [agentTable(agents, columns, style)]),
    table(
      rest.map(([name, value]) => [{ text: name, emphasis: style.faint }, { text: inWords(value) }]),
      '  ',
    ),
  ];
  return `${sections.join('\n')}\n`;
}

/** Those who pay or receive, in the order in which they came. */
function participantsOf(outcome: object): readonly string[] {
  const { payments } = outcome as { readonly payments?: unknown };
  return isRecord(payments) ? Object.keys(payments) : [];
}

/** Whether a field says something of each agent, rather than of the whole. */
function isPerAgent(value: unknown, agents: ReadonlySet<string>): boolean {
  return isRecord(value) && Object.keys(value).every((agent) => agents.has(agent));
}

function agentTable(
  agents: readonly string[],
  columns: readonly (readonly [string, PerAgent])[],
  style: Style,
): string {
  const heading: Cell[] = ['agent', ...columns.map(([name]) => name)].map((text, column) => ({
    text,
    emphasis: style.faint,
    align: column === 0 ? 'left' : 'right',
  }));
  const rows = agents
    .slice(0, mostAgents)
    .map((agent): Cell[] => [
      { text: shortened(printableName(agent)) },
      ...columns.map(
        ([, shares]): Cell => ({ text: Object.hasOwn(shares, agent) ? inWords(shares[agent]) : '–', align: 'right' }),
      ),
    ]);
  const hidden = agents.length - mostAgents;
  return table([heading, ...rows], '  ') + (hidden > 0 ? `  … and ${hidden} more; --json shows all\n` : '');
}

function inWords(value: unknown): string {
  if (value === null) return '–';
  if (typeof value === 'string') return shortened(printableName(value));
  return shortened(printable(JSON.stringify(value)), 100);
}

function isRecord(value: unknown): value is PerAgent {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

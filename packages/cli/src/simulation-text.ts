import type { ArmSummary, Estimate, ReplicatedArm, Replications, Simulation } from '@mechane/adaptive';
import type { CheckedSimulation } from './checked-simulation.ts';
import type { EquilibriumCheck } from './equilibrium-check.ts';
import type { Style } from './style.ts';
import { type Cell, headedTable, table } from './table.ts';
import { printable, shortened } from './terminal-text.ts';

/** What is shown of the history. */
const entriesShown = 12;

/** A simulation to read: what was played, what came of it with intervals, who regrets what, and what the designer did. */
export function simulationText(simulated: CheckedSimulation, style: Style): string {
  const { rounds, seed, complete, reason, regret, convergence } = simulated;
  const ending = complete ? '' : `, ended early: ${reason ?? 'interrupted'}`;
  const facts = [
    [simulated.objective, estimateText(simulated.reward)],
    ['regret', number(regret.designer)],
    ['coarse', number(convergence.coarse)],
    ['correlated', number(convergence.correlated)],
    ['checked', checkText([simulated.equilibrium])],
  ];
  return [
    `${style.strong(`${rounds.toLocaleString('en')} rounds`)}  seed ${seed}${ending}\n`,
    armsTable(simulated.arms, style),
    factsTable(facts, style),
    biddersTable(simulated, style),
    historyText(simulated, style),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** Replications to read: means over them, with intervals. */
export function replicationsText(
  simulations: readonly CheckedSimulation[],
  replicated: Replications,
  style: Style,
): string {
  const rounds = simulations.reduce((sum, simulated) => sum + simulated.rounds, 0);
  const early = simulations.filter(({ complete }) => !complete).length;
  const ending = early === 0 ? '' : `, ${early} of them ended early`;
  const failures = simulations.reduce((sum, simulated) => sum + simulated.failures.length, 0);
  const facts = [
    [simulations[0]?.objective ?? 'reward', estimateText(replicated.reward)],
    ['regret', estimateText(replicated.regret)],
    ['coarse', estimateText(replicated.coarse)],
    ['correlated', estimateText(replicated.correlated)],
    ['checked', checkText(simulations.map(({ equilibrium }) => equilibrium))],
    ...(failures === 0 ? [] : [['arms that failed', String(failures)]]),
  ];
  const title = `${simulations.length} replications, ${rounds.toLocaleString('en')} rounds`;
  return [`${style.strong(title)}${ending}\n`, armsTable(replicated.arms, style), factsTable(facts, style)].join('\n');
}

function armsTable(arms: readonly (ArmSummary | ReplicatedArm)[], style: Style): string {
  const head = ['arm', 'pulls', 'welfare', 'revenue', 'efficiency', 'anarchy', 'alpha'];
  const rows = arms.map(({ mechanism, settings, ...arm }, index) => [
    `${index} ${named(mechanism, settings)}`,
    measureText(arm.pulls),
    ...[arm.welfare, arm.revenue, arm.efficiency, arm.priceOfAnarchy, arm.smithsAlpha].map(measureText),
  ]);
  return headed(head, rows, style);
}

/** The largest of what checks found, or why there is nothing. */
function checkText(checks: readonly EquilibriumCheck[]): string {
  const [first] = checks;
  if (first === undefined) return '–';
  if (first.by === null) return `not: ${first.fix}`;
  const known = checks.filter(({ coarse }) => coarse !== null);
  if (known.length === 0) return `not: ${first.arms[0]?.reason ?? 'nothing was played'}`;
  const [coarse, correlated] = [known.map((check) => check.coarse), known.map((check) => check.correlated)].map((all) =>
    number(all.reduce((most: number, own) => Math.max(most, own ?? 0), 0)),
  );
  const most = known.length > 1 ? ' at the most' : '';
  return `coarse ${coarse}, correlated ${correlated}${most} (${first.by})`;
}

function named(mechanism: string, settings: unknown): string {
  const own = JSON.stringify(settings ?? {});
  return own === '{}' ? mechanism : `${mechanism} ${shortened(own, 40)}`;
}

function biddersTable({ regret }: Simulation, style: Style): string {
  const rows = regret.bidders
    .slice(0, 20)
    .map(({ agent, arm, utility, externalRegret, swapRegret }) => [
      agent,
      String(arm),
      estimateText(utility),
      number(externalRegret),
      number(swapRegret),
    ]);
  return headed(['bidder', 'arm', 'utility', 'external regret', 'swap regret'], rows, style);
}

function historyText({ history }: Simulation, style: Style): string {
  if (history.length === 0) return '';
  const lines = history
    .slice(-entriesShown)
    .map(({ round, because }) => `  ${style.faint(`round ${round.toLocaleString('en')}`)}  ${printable(because)}\n`);
  const left = history.length - lines.length;
  return (left > 0 ? `  ${style.faint(`${left} earlier entries: --json has them`)}\n` : '') + lines.join('');
}

function headed(head: readonly string[], rows: readonly (readonly string[])[], style: Style): string {
  const cells = (row: readonly string[]): Cell[] =>
    row.map((text, column) => ({ text: printable(text), align: column === 0 ? 'left' : 'right' }));
  const title = cells(head).map((cell) => ({ ...cell, emphasis: style.faint }));
  return headedTable(title, rows.map(cells), style.columns);
}

function factsTable(facts: readonly (readonly string[])[], style: Style): string {
  const rows = facts.map(([name = '', value = '']) => [{ text: name, emphasis: style.faint }, { text: value }]);
  return table(rows, '  ');
}

function measureText(measure: number | Estimate | null): string {
  return typeof measure === 'object' ? estimateText(measure) : number(measure);
}

function estimateText(estimate: Estimate | null): string {
  if (estimate === null) return '–';
  const { mean, halfWidth } = estimate;
  // A single draw says nothing of spread.
  return !Number.isFinite(halfWidth) ? number(mean) : `${number(mean)} ± ${number(halfWidth, 2)}`;
}

function number(value: number | null, digits = 4): string {
  if (value === null) return '–';
  return Number.isInteger(value) ? value.toLocaleString('en') : String(Number(value.toPrecision(digits)));
}

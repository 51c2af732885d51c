/* The linear program of a division of resources, and how it is solved where agents are very many. */
import type { AgentId } from '@mechane/core';
import { linearProgram, type Optimizer, type Program, type Solution, type Term } from '@mechane/optimization';
import type { Bundle } from './utility/utility.ts';

/**
 * Something to do with resources, at any level.
 *
 * @category Types of mechanisms
 */
export interface ResourceUse {
  /** What it is worth at level 1. */
  value: number;
  /** What it takes at level 1. */
  needs: Record<string, number>;
  /** The highest level: none unless given. */
  limit?: number | undefined;
}

/** @category Types of mechanisms */
export interface ResourceReport {
  uses: ResourceUse[];
  /** The most that all uses together may be worth, as nobody pays more: none unless given. */
  budget?: number | undefined;
}

type Reports = readonly (readonly [AgentId, ResourceReport])[];

/** The program, and by agent the columns of its uses. Rows are those of the resources, and then those of the budgets that there are. */
export function programOf(
  resources: Bundle,
  names: readonly string[],
  agents: Reports,
): { readonly program: Program; readonly columns: ReadonlyMap<AgentId, readonly number[]> } {
  const program = linearProgram('maximize');
  const terms = new Map<string, Term[]>(names.map((name) => [name, []]));
  const columns = new Map<AgentId, readonly number[]>();
  for (const [agent, { uses }] of agents) {
    const own = uses.map(({ value, needs, limit = Infinity }) => {
      const level = program.variable({ cost: value, upper: limit });
      for (const [name, need] of Object.entries(needs)) terms.get(name)?.push([level, need]);
      return level;
    });
    columns.set(agent, own);
  }
  for (const name of names) program.constraint(terms.get(name) as Term[], { atMost: resources[name] as number });
  for (const [agent, { uses, budget }] of agents) {
    if (budget === undefined) continue;
    const own = columns.get(agent) as readonly number[];
    program.constraint(
      uses.map(({ value }, index) => [own[index] as number, value]),
      { atMost: budget },
    );
  }
  return { program: program.build(), columns };
}

/** A point of the whole program, and what its rows are worth there. */
interface Solved {
  readonly primal: Float64Array;
  readonly rows: Float64Array;
}

/** So many agents are put into one program. */
const few = 1_000;

/**
 * Of many agents, most get nothing where resources are scarce: those that get most out of resources are put into a program first, and others as long as
 * its prices leave them a gain. Only a status where the optimizer comes back without an answer.
 */
export function solved(
  optimizer: Optimizer,
  resources: Bundle,
  names: readonly string[],
  agents: Reports,
  whole: Program,
): Solved | Pick<Solution, 'status'> {
  const isIn = agents.map(() => agents.length <= few);
  let left = [...agents.keys()].filter((at) => !isIn[at]);
  const yields = agents.map(([, report]) => (left.length === 0 ? 0 : yieldOf(report, resources)));
  left.sort((one, other) => (yields[other] as number) - (yields[one] as number));
  let more = left.slice(0, few);
  for (;;) {
    for (const at of more) isIn[at] = true;
    left = left.filter((at) => !isIn[at]);
    const inside = agents.filter((_, at) => isIn[at]);
    const program = left.length === 0 ? whole : programOf(resources, names, inside).program;
    const { primal, duals, status } = optimizer.solve(program);
    if (primal === undefined || duals === undefined) return { status };
    const prices = new Map(names.map((name, row) => [name, Math.max(0, duals.rows[row] as number)]));
    more = left.filter((at) => isGaining((agents[at] as Reports[number])[1], prices));
    if (more.length === 0) return spread(agents, isIn, names.length, primal, duals.rows);
  }
}

/** The most that a use is worth for what it needs of all there is. */
function yieldOf({ uses }: ResourceReport, resources: Bundle): number {
  return uses.reduce((best, { value, needs }) => {
    let part = 0;
    for (const name of Object.keys(needs)) {
      const need = needs[name] as number;
      if (need > 0) part += need / (resources[name] as number);
    }
    return Math.max(best, value / part);
  }, 0);
}

/** Whether a use is worth more than what it needs costs. */
function isGaining({ uses }: ResourceReport, prices: ReadonlyMap<string, number>): boolean {
  return uses.some(({ value, needs }) => {
    let cost = 0;
    for (const name of Object.keys(needs)) cost += (needs[name] as number) * (prices.get(name) ?? 0);
    return value > cost * (1 + rounding);
  });
}

const rounding = 1e-12;

/** A point of some agents' program as one of the whole program, where the others get nothing and their budgets are worth nothing. */
function spread(
  agents: Reports,
  isIn: readonly boolean[],
  resources: number,
  primal: Float64Array,
  rows: Float64Array,
): Solved {
  const all = { primal: [] as number[], rows: [...rows.subarray(0, resources)] };
  let [column, row] = [0, resources];
  for (const [at, [, { uses, budget }]] of agents.entries()) {
    for (const _ of uses) all.primal.push(isIn[at] ? (primal[column++] as number) : 0);
    if (budget !== undefined) all.rows.push(isIn[at] ? (rows[row++] as number) : 0);
  }
  return { primal: Float64Array.from(all.primal), rows: Float64Array.from(all.rows) };
}

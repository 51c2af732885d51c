import { type AgentId, perAgent } from '@mechane/core';

interface Valued {
  readonly values: Readonly<Record<string, number>>;
}

/** What agents say that alternatives are worth. Each name is looked up once; from then on, an alternative is its number on the list. */
export class SaidValues {
  /** What each alternative is worth to all. */
  readonly sums: number[];
  /** Whether whatever an agent speaks of is an alternative. */
  namesAreKnown = true;
  /** Whose values stand where: those of an agent in a row, one agent’s after another’s. */
  readonly #rowOf: Map<AgentId, number> = new Map();
  readonly #starts: number[] = [];
  readonly #numbers: number[] = [];
  readonly #amounts: number[] = [];
  /** By alternative, the row that has been looked at last and speaks of it. */
  readonly #lastRow: number[] = [];
  #bestFirst: readonly number[] | undefined;

  constructor(reports: ReadonlyMap<AgentId, Valued>, alternatives: readonly string[]) {
    this.sums = alternatives.map(() => 0);
    // By a record, as the names that are looked up are keys themselves: engines find those sooner than in a map.
    let next = 0;
    const numberOf: Readonly<Record<string, number | undefined>> = perAgent(alternatives, () => next++);
    for (const [agent, { values }] of reports) {
      this.#rowOf.set(agent, this.#starts.length);
      this.#starts.push(this.#numbers.length);
      for (const name of Object.keys(values)) this.#take(numberOf[name], values[name] as number);
    }
    this.#starts.push(this.#numbers.length);
  }

  #take(number: number | undefined, amount: number): void {
    if (number === undefined) {
      this.namesAreKnown = false;
      return;
    }
    this.#numbers.push(number);
    this.#amounts.push(amount);
    (this.sums[number] as number) += amount;
  }

  /** What the others lose where an alternative is chosen, and not the one that is best for them. */
  costToOthers(agent: AgentId, chosen: number): number {
    const row = this.#rowOf.get(agent) ?? -1;
    const start = this.#starts[row] ?? 0;
    const end = row === -1 ? 0 : (this.#starts[row + 1] as number);
    let worth = 0;
    let best = Number.NEGATIVE_INFINITY;
    for (let at = start; at < end; at++) {
      const number = this.#numbers[at] as number;
      const amount = this.#amounts[at] as number;
      if (number === chosen) worth = amount;
      best = Math.max(best, (this.sums[number] as number) - amount);
    }
    // The others' best without an agent is among the alternatives that it says nothing of, from the best on, and those that it values.
    if (end - start < this.sums.length) best = Math.max(best, this.#bestUnsaid(row, start, end));
    return best - ((this.sums[chosen] as number) - worth);
  }

  #bestUnsaid(row: number, start: number, end: number): number {
    for (let at = start; at < end; at++) this.#lastRow[this.#numbers[at] as number] = row;
    this.#bestFirst ??= bestFirst(this.sums);
    const best = this.#bestFirst.find((number) => row === -1 || this.#lastRow[number] !== row);
    return this.sums[best as number] as number;
  }
}

/** So many reports are gone through again sooner than they are remembered. */
export const few = 64;

const known = new WeakMap<ReadonlyMap<AgentId, Valued>, { alternatives: readonly string[]; said: SaidValues }>();

/** What is said in reports; in many, put together once for all who ask: neither reports nor alternatives may change. */
export function saidIn(reports: ReadonlyMap<AgentId, Valued>, alternatives: readonly string[]): SaidValues {
  if (Math.max(reports.size, alternatives.length) < few) return new SaidValues(reports, alternatives);
  const found = known.get(reports);
  if (found?.alternatives === alternatives) return found.said;
  const said = new SaidValues(reports, alternatives);
  known.set(reports, { alternatives, said });
  return said;
}

/** Numbers of alternatives by what they are worth, those that are worth the same as they are listed. */
function bestFirst(sums: readonly number[]): readonly number[] {
  return [...sums.keys()].sort((a, b) => (sums[b] as number) - (sums[a] as number));
}

import type { AgentId } from '@mechane/core';
import { type Division, divisible } from '../game/share-named.ts';
import type { Exchange } from './transcript.ts';

/** One honest play between two agents: which of the types they are, what each saw, and what each gets and pays. */
export interface HonestPlay {
  readonly types: readonly [number, number];
  readonly seen: readonly [readonly Exchange[], readonly Exchange[]];
  readonly division: Division;
  readonly payments: readonly [number, number];
}

/** What an agent gets and pays at the end. */
interface End {
  readonly share: string;
  readonly payment: number;
  readonly types: Set<number>;
}

/** All that an agent has seen so far, and what may come next without its noticing anything. */
interface Node {
  /** The types that would have said what was said. */
  readonly types: Set<number>;
  /** What each of them answers to a question. */
  readonly asks: Map<string, Map<number, string>>;
  readonly ends: Map<string, End>;
  readonly next: Map<string, Node>;
  readonly name: string;
}

type Move =
  | { readonly kind: 'ask'; readonly whom: 0 | 1; readonly question: string }
  | { readonly kind: 'end'; readonly payments: readonly [number, number] };

interface Plan {
  readonly value: number;
  readonly move: Move | undefined;
}

/** What the operator does with two agents, and how it ends. */
export interface Played {
  readonly payments: readonly [number, number];
  readonly nodes: readonly [string, string];
}

const mostPlans = 40_000;

/**
 * The best that an operator can do who asks two agents one after the other and knows of them what they answered and how likely types are. Whatever
 * it asks, and however it ends, every type that could have answered so takes for honest: it would have come about with some type of the other.
 */
export class ConversingDeviations {
  readonly #roots: readonly [Node, Node] = [nodeAt('ann'), nodeAt('bob')];
  readonly #divisions: ReadonlyMap<string, unknown>;
  readonly #plans = new Map<string, Plan>();
  readonly #weights: readonly number[];

  constructor(plays: readonly HonestPlay[], weights: readonly number[]) {
    this.#weights = weights;
    this.#divisions = divisible(plays.map(({ division }) => division));
    for (const play of plays) {
      for (const side of [0, 1] as const) learn(this.#roots[side], play, side);
    }
  }

  /** What it expects in all; `undefined` where there is too much to plan. */
  get value(): number | undefined {
    const { value } = this.#planAt(this.#roots[0], this.#roots[1]);
    return this.#plans.size > mostPlans ? undefined : value;
  }

  /** How the plan goes when the agents are of these types. */
  playedOn(types: readonly [number, number]): Played | undefined {
    let [one, other] = this.#roots;
    for (;;) {
      const { move } = this.#planAt(one, other);
      if (move === undefined) return undefined;
      if (move.kind === 'end') return { payments: move.payments, nodes: [one.name, other.name] };
      const node = move.whom === 0 ? one : other;
      const said = node.asks.get(move.question)?.get(types[move.whom]);
      const next = node.next.get(`${move.question}\n${said}`) as Node;
      if (move.whom === 0) one = next;
      else other = next;
    }
  }

  #planAt(one: Node, other: Node): Plan {
    const key = `${one.name}\n\n${other.name}`;
    const known = this.#plans.get(key);
    if (known) return known;
    if (this.#plans.size > mostPlans) return { value: Number.NEGATIVE_INFINITY, move: undefined };
    let best = this.#bestEnd(one, other);
    for (const whom of [0, 1] as const) {
      const node = whom === 0 ? one : other;
      for (const [question, answers] of node.asks) {
        if (answers.size < node.types.size) continue;
        const value = this.#expected(node, question, answers, (next) =>
          whom === 0 ? this.#planAt(next, other) : this.#planAt(one, next),
        );
        if (value > best.value) best = { value, move: { kind: 'ask', whom, question } };
      }
    }
    this.#plans.set(key, best);
    return best;
  }

  #bestEnd(one: Node, other: Node): Plan {
    let best: Plan = { value: Number.NEGATIVE_INFINITY, move: undefined };
    for (const first of one.ends.values()) {
      if (first.types.size < one.types.size) continue;
      for (const second of other.ends.values()) {
        if (second.types.size < other.types.size) continue;
        if (!this.#divisions.has(`${first.share}\n${second.share}`)) continue;
        const value = first.payment + second.payment;
        if (value > best.value) best = { value, move: { kind: 'end', payments: [first.payment, second.payment] } };
      }
    }
    return best;
  }

  #expected(node: Node, question: string, answers: ReadonlyMap<number, string>, plan: (next: Node) => Plan): number {
    const all = this.#weightOf(node.types);
    let expected = 0;
    for (const said of new Set(answers.values())) {
      const next = node.next.get(`${question}\n${said}`) as Node;
      expected += (this.#weightOf(next.types) / all) * plan(next).value;
    }
    return expected;
  }

  #weightOf(types: Iterable<number>): number {
    let weight = 0;
    for (const type of types) weight += this.#weights[type] as number;
    return weight;
  }
}

/** The name of what an agent has seen in the end. */
export function endOf(agent: AgentId, seen: readonly Exchange[]): string {
  return seen.reduce((name, { asked, said }) => `${name}\n${asked}\n${said}`, agent);
}

function nodeAt(name: string): Node {
  return { types: new Set(), asks: new Map(), ends: new Map(), next: new Map(), name };
}

function learn(root: Node, { types, seen, division, payments }: HonestPlay, side: 0 | 1): void {
  const type = types[side];
  let node = root;
  node.types.add(type);
  for (const { asked, said } of seen[side]) {
    const answers = node.asks.get(asked) ?? new Map<number, string>();
    node.asks.set(asked, answers.set(type, said));
    const step = `${asked}\n${said}`;
    const next = node.next.get(step) ?? nodeAt(`${node.name}\n${step}`);
    node.next.set(step, next);
    node = next;
    node.types.add(type);
  }
  const [share, payment] = [division.shares[side] as string, payments[side]];
  const key = `${share}\n${payment}`;
  const end = node.ends.get(key) ?? { share, payment, types: new Set<number>() };
  node.ends.set(key, end);
  end.types.add(type);
}

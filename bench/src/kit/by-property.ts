import { createMechane, definePlugin, type LawName, type Mechanism } from '@mechane/core';
import * as fc from 'fast-check';

interface Outcome {
  readonly winner: string | null;
  readonly payments: Readonly<Record<string, number>>;
}

const names = ['ann', 'bob', 'cat', 'dan', 'eve', 'fay', 'gus', 'hal'];
const amounts = fc.oneof(fc.nat(10), fc.nat(1_000), fc.nat(), fc.double({ min: 0, max: 1e6, noNaN: true }));

/** Looks for a counterexample as a careful author would, with a property of forty lines; whether it found one. */
export function refutedByProperty(law: LawName, mechanism: Mechanism, milliseconds: number): boolean {
  const plugin = definePlugin({ name: 'bench', version: '1.0.0', mechanisms: [{ ...mechanism, claims: () => [] }] });
  const mechane = createMechane().use<Mechanism>(plugin);
  const play = (values: readonly number[]): Outcome => {
    const reports = Object.fromEntries(values.map((bid, position) => [names[position] as string, { bid }]));
    return mechane.untyped.run(mechanism.id, { reports, seed: 1 }).outcome as Outcome;
  };
  const utility = ({ winner, payments }: Outcome, position: number, value: number): number =>
    (winner === names[position] ? value : 0) - (payments[names[position] as string] ?? 0);
  const drawn = fc.tuple(fc.array(amounts, { minLength: 1, maxLength: 6 }), fc.nat(), amounts);
  const keeps = ([values, chosen, lie]: [number[], number, number]): boolean => {
    const position = chosen % values.length;
    const value = values[position] as number;
    const truthful = play(values);
    const allowed = 1e-9 * Math.max(1, ...values);
    if (law === 'individually-rational') return utility(truthful, position, value) >= -allowed;
    if (law === 'no-deficit') return Object.values(truthful.payments).reduce((sum, paid) => sum + paid, 0) >= -allowed;
    const others = values.filter((_, other) => other !== position);
    const lies = [lie, 0, value / 2, value + 1, ...others, ...others.map((other) => other + 1)];
    const best = Math.max(...lies.map((bid) => utility(play(values.with(position, bid)), position, value)));
    return best <= utility(truthful, position, value) + allowed;
  };
  const until = performance.now() + milliseconds;
  for (let seed = 1; performance.now() < until; seed++) {
    const left = Math.max(1, until - performance.now());
    const options = { seed, numRuns: 2_000, interruptAfterTimeLimit: left, markInterruptAsFailure: false };
    if (fc.check(fc.property(drawn, keeps), options).counterexample !== null) return true;
  }
  return false;
}

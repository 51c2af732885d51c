import { refusedProof } from './errors.ts';
import type { OpenCase } from './open-case.ts';
import type { Branched, Parted, Proof } from './proof.ts';

/** Confirms that what is free in a case is worth no more than a target. */
export type LookAt = (proof: Proof, target: number) => void;

/** So many ways are tried where trying is the proof. */
const mostTried = 1 << 20;

/** Sets in turn are taken or, where none of them is, all left out: each case by itself. */
export function lookAtBranches(open: OpenCase, { sets, taken, none }: Branched, target: number, lookAt: LookAt): void {
  for (const [index, set] of sets.entries()) {
    if (!open.isFree(set)) {
      if (!open.taken[set]) continue;
      lookAt(at(taken, index), target);
      return;
    }
    const before = open.mark();
    const value = open.take(set);
    lookAt(at(taken, index), target - value);
    open.backTo(before);
    open.remove(set);
  }
  lookAt(none, target);
}

/** Parts of which no set bears on another: each by itself. */
export function lookAtParts(open: OpenCase, { parts }: Parted, target: number, lookAt: LookAt): void {
  const among = [...open.freeSets()];
  const part = new Int32Array(open.packing.sets).fill(-1);
  let bound = 0;
  for (const [index, { sets, bound: most }] of parts.entries()) {
    if (!(most >= 0)) throw refusedProof(`a part is bounded by ${most}`);
    bound += most;
    for (const set of sets) part[set] = index;
  }
  if (!(bound <= target)) throw refusedProof(`parts come to ${bound}, not ${target}`);
  if (among.some((set) => (part[set] as number) < 0)) throw refusedProof('a set is in no part');
  const before = open.mark();
  for (const [index, { bound: most, proof }] of parts.entries()) {
    for (const set of among) if (part[set] !== index) open.remove(set);
    lookAt(proof, most);
    open.backTo(before);
  }
}

/** The most that free sets are worth together, by trying. */
export function mostByTrying(open: OpenCase): number {
  const { values } = open.packing;
  const sets = [...open.freeSets()].sort((a, b) => (values[b] as number) - (values[a] as number));
  const rest = new Float64Array(sets.length + 1);
  for (let at = sets.length - 1; at >= 0; at--) {
    rest[at] = (rest[at + 1] as number) + (values[sets[at] as number] as number);
  }
  let best = 0;
  let tried = 0;
  const visit = (from: number, value: number): void => {
    tried += 1;
    if (tried > mostTried) throw refusedProof('there is more to try than was said');
    best = Math.max(best, value);
    for (let next = from; next < sets.length && value + (rest[next] as number) > best; next++) {
      const set = sets[next] as number;
      const rows = open.rowsOf(set);
      if (rows.some((row) => (open.room[row] as number) < 1)) continue;
      for (const row of rows) open.room[row] = (open.room[row] as number) - 1;
      visit(next + 1, value + (values[set] as number));
      for (const row of rows) open.room[row] = (open.room[row] as number) + 1;
    }
  };
  visit(0, 0);
  return best;
}

function at(proofs: readonly Proof[], index: number): Proof {
  const proof = proofs[index];
  if (proof === undefined) throw refusedProof('a case is missing');
  return proof;
}

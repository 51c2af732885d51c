import { refusedProof } from './errors.ts';
import type { OpenCase } from './open-case.ts';
import type { ReductionStep } from './proof.ts';

/** What a row was implied by before, or −1. */
interface Mark {
  readonly row: number;
  readonly before: number;
}

/** Steps that make a case smaller: rows implied by others, sets sure to be in, sets dominated by others. */
export class ReductionCheck {
  readonly #case: OpenCase;
  /** By row, the row that implies it, or -1. */
  readonly #impliedBy: Int32Array;

  constructor(open: OpenCase) {
    this.#case = open;
    this.#impliedBy = new Int32Array(open.packing.rows).fill(-1);
  }

  /** Confirms and takes steps, one after the other; then looks at what is left of a target. */
  follow(steps: readonly ReductionStep[], target: number, lookAt: (left: number) => void): void {
    const marked: Mark[] = [];
    /** By row, how many free sets want it. */
    const wanted = Int32Array.from(this.#case.setsIn, (sets) =>
      sets.reduce((sum, set) => sum + Number(this.#case.isFree(set)), 0),
    );
    let counted = this.#case.free;
    let left = target;
    for (const step of steps) {
      left -= this.#reduce(step, wanted, marked);
      while (counted > this.#case.free) {
        counted -= 1;
        for (const row of this.#case.rowsOf(this.#case.sets[counted] as number))
          wanted[row] = (wanted[row] as number) - 1;
      }
    }
    lookAt(left);
    for (const { row, before } of marked.reverse()) this.#impliedBy[row] = before;
  }

  /** Confirms and takes a step of a reduction; gives what was taken with it. */
  #reduce(step: ReductionStep, wanted: Int32Array, marked: Mark[]): number {
    const bound = (row: number): boolean =>
      this.#impliedBy[row] === -1 && (wanted[row] as number) > (this.#case.room[row] as number);
    if ('row' in step) {
      const { row, impliedBy } = step;
      if (row === impliedBy || this.#case.room[impliedBy] === undefined) {
        throw refusedProof(`row ${row} cannot be implied by row ${impliedBy}`);
      }
      if ((this.#case.room[impliedBy] as number) > (this.#case.room[row] as number))
        throw refusedProof(`row ${row} is not implied`);
      for (const set of this.#case.setsIn[row] as number[]) {
        if (this.#case.isFree(set) && !this.#case.rowsOf(set).includes(impliedBy))
          throw refusedProof(`row ${row} is not implied`);
      }
      const mark = (which: number, by: number): void => {
        marked.push({ row: which, before: this.#impliedBy[which] as number });
        this.#impliedBy[which] = by;
      };
      // Rows that have come to be alike must not imply each other: the one that implies now stands for all of them.
      for (let by = impliedBy; by !== -1; by = this.#impliedBy[by] as number) {
        if (this.#impliedBy[by] === row) mark(impliedBy, -1);
      }
      mark(row, impliedBy);
      return 0;
    }
    if ('obvious' in step) {
      const { obvious } = step;
      if (!this.#case.isFree(obvious)) throw refusedProof(`set ${obvious} cannot be taken`);
      let rivals = 0;
      for (const row of this.#case.rowsOf(obvious)) {
        if (!bound(row)) continue;
        if (this.#case.room[row] !== 1) throw refusedProof(`set ${obvious} may have several rivals in row ${row}`);
        let most = 0;
        for (const set of this.#case.setsIn[row] as number[]) {
          if (set !== obvious && this.#case.isFree(set))
            most = Math.max(most, this.#case.packing.values[set] as number);
        }
        rivals += most;
      }
      if (rivals > (this.#case.packing.values[obvious] as number))
        throw refusedProof(`set ${obvious} is not sure to be in`);
      return this.#case.take(obvious);
    }
    const { set, dominatedBy } = step;
    if (set === dominatedBy || !this.#case.isFree(set) || !this.#case.isFree(dominatedBy)) {
      throw refusedProof(`set ${set} cannot be dominated by set ${dominatedBy}`);
    }
    const own = this.#case.rowsOf(set);
    const theirs = this.#case.rowsOf(dominatedBy).filter(bound);
    const conflict = theirs.some((row) => this.#case.room[row] === 1);
    if (!conflict || !theirs.every((row) => own.includes(row))) throw refusedProof(`set ${set} needs less`);
    if ((this.#case.packing.values[set] as number) > (this.#case.packing.values[dominatedBy] as number)) {
      throw refusedProof(`set ${set} is worth more than set ${dominatedBy}`);
    }
    this.#case.remove(set);
    return 0;
  }
}

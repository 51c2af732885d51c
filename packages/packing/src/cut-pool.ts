import type { DualSimplex } from './dual-simplex.ts';

/** Cliques of conflicting sets that stand as rows in a relaxation, after those of the packing. */
export class CutPool {
  readonly cliques: Int32Array[] = [];
  /** By clique, its sets by their names in the whole packing, and further ones that conflict with all of it. */
  readonly named: Int32Array[] = [];
  /** By set, the cliques that it is in. */
  readonly ofSet: number[][];
  readonly #names: Int32Array;
  readonly #firstRow: number;

  constructor(names: Int32Array, firstRow: number) {
    this.#names = names;
    this.#firstRow = firstRow;
    this.ofSet = Array.from({ length: names.length }, () => []);
  }

  /** Adds as many as there is room for; `named` may name further sets that conflict with all of a clique. */
  add(lp: DualSimplex, found: readonly Int32Array[], named?: readonly Int32Array[]): void {
    const before = lp.rows;
    lp.addCuts(found);
    for (const [index, clique] of found.slice(0, lp.rows - before).entries()) {
      this.#keep(clique, named?.[index] ?? clique.map((set) => this.#names[set] as number));
    }
  }

  /** Cliques that bind nobody now are only in the way. */
  dropIdle(lp: DualSimplex): void {
    const idle = new Set<number>();
    for (let cut = 0; cut < this.cliques.length; cut++) {
      if (lp.slackIsBasic(this.#firstRow + cut)) idle.add(cut);
    }
    if (idle.size < 20) return;
    lp.removeRows([...idle].map((cut) => this.#firstRow + cut));
    const cliques = this.cliques.splice(0);
    const named = this.named.splice(0);
    for (const own of this.ofSet) own.length = 0;
    for (const [cut, clique] of cliques.entries()) {
      if (!idle.has(cut)) this.#keep(clique, named[cut] as Int32Array);
    }
  }

  #keep(clique: Int32Array, named: Int32Array): void {
    for (const set of clique) this.ofSet[set]?.push(this.cliques.length);
    this.cliques.push(clique);
    this.named.push(named);
  }
}

/** The mean of the last numbers, as many as the window is long, in constant memory. */
export class Recent {
  readonly #window: Float64Array;
  #count = 0;
  #sum = 0;

  constructor(window: number) {
    this.#window = new Float64Array(window);
  }

  add(value: number): void {
    const place = this.#count % this.#window.length;
    this.#sum += value - (this.#window[place] as number);
    this.#window[place] = value;
    this.#count += 1;
    // Added up afresh once a window, so that rounding does not add up.
    if (place === 0) this.#sum = this.#window.reduce((sum, each) => sum + each, 0);
  }

  get full(): boolean {
    return this.#count >= this.#window.length;
  }

  get mean(): number {
    return this.#sum / Math.min(this.#count, this.#window.length);
  }
}

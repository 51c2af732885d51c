/** What a run is called, and what its application notes of it. The name is drawn when it is first asked for: most runs have nobody to ask. */
export class RunIdentity {
  readonly note: unknown;
  #id: string | undefined;

  constructor(id: string | undefined, note: unknown) {
    this.#id = id;
    this.note = note;
  }

  get id(): string {
    this.#id ??= crypto.randomUUID();
    return this.#id;
  }
}

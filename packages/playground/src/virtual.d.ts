declare module 'virtual:mechanism-pages' {
  /** Mechanisms by what one wants, from the headers of their pages. */
  export const mechanismPages: readonly {
    readonly id: string;
    readonly title: string;
    readonly chapter: string;
    readonly want: string;
  }[];
}
declare module 'virtual:scenarios' {
  /** The scenarios of the documentation, by their mechanism. */
  export const scenarios: Readonly<Record<string, { readonly mechanism: string; readonly [field: string]: unknown }>>;
}
declare module '*.css';

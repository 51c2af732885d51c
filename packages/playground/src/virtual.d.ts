declare module 'virtual:mechanism-pages' {
  /** Mechanisms by what one wants, from the headers of their pages. */
  export const mechanismPages: readonly {
    readonly id: string;
    readonly title: string;
    readonly chapter: string;
    readonly want: string;
  }[];
}
declare module '*.css';

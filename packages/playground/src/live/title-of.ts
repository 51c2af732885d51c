import { mechanismPages } from 'virtual:mechanism-pages';

/** The name of a mechanism as its page has it, or its id. */
export function titleOf(mechanism: string): string {
  return mechanismPages.find(({ id }) => id === mechanism)?.title ?? mechanism;
}

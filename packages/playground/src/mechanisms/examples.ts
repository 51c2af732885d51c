import { scenarios } from 'virtual:scenarios';
import type { Told } from './told.ts';

/** What a mechanism is told to begin with: its scenario in the documentation. */
export function exampleOf(mechanism: string): Told {
  const { mechanism: _, ...told } = scenarios[mechanism] ?? { mechanism };
  return told as Told;
}

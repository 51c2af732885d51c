import type { ComponentType } from 'preact';
import type { Route } from './route.ts';

/** A page of the playground, which may be loaded when it is gone to. */
export type Page = ComponentType<{ readonly route: Route }>;

/** A part of the playground, which is loaded when it is gone to. */
export interface Room {
  /** How its address begins. */
  readonly path: string;
  readonly name: string;
  /** Whether others lead to it, and the head of the page does not. */
  readonly isAside?: true;
  load(): Promise<Page>;
}

/** All rooms, in the order in which the head of the page lists those that it lists. */
export const rooms: readonly Room[] = [
  { path: 'mechanism', name: 'Mechanisms', load: async () => (await import('./mechanisms/room.tsx')).MechanismRoom },
  { path: 'break', name: 'Break my auction', load: async () => (await import('./rules/room.tsx')).RulesRoom },
  { path: 'games', name: 'Games', load: async () => (await import('./games/room.tsx')).GamesRoom },
  { path: 'markets', name: 'Markets', load: async () => (await import('./markets/room.tsx')).MarketsRoom },
  { path: 'simulation', name: 'Simulation', load: async () => (await import('./simulation/room.tsx')).SimulationRoom },
  { path: 'classroom', name: 'Classroom', load: async () => (await import('./classroom/room.tsx')).ClassroomRoom },
  { path: 'live', name: 'Live', load: async () => (await import('./live/room.tsx')).LiveRoom },
  {
    path: 'receipt',
    name: 'Receipts',
    isAside: true,
    load: async () => (await import('./receipts/room.tsx')).ReceiptRoom,
  },
];

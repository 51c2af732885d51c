import type { Room } from '../rooms.ts';

/** The rooms that need nothing but this file: rules are broken in a frame of its own, and sessions are held by a service. */
export const rooms: readonly Room[] = [
  { path: 'mechanism', name: 'Mechanisms', load: async () => (await import('../mechanisms/room.tsx')).MechanismRoom },
  { path: 'games', name: 'Games', load: async () => (await import('../games/room.tsx')).GamesRoom },
  { path: 'markets', name: 'Markets', load: async () => (await import('../markets/room.tsx')).MarketsRoom },
  { path: 'simulation', name: 'Simulation', load: async () => (await import('../simulation/room.tsx')).SimulationRoom },
];

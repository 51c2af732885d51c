import { type Domain, publicChoice, type Subject } from '@mechane/conformance';
import { mediator, type ReportedPayoffs } from './mediator.ts';

/** Two players with two strategies each, and what every profile pays to one of them. */
const tables = publicChoice<ReportedPayoffs, unknown>({
  alternatives: () => ['dare, dare', 'dare, swerve', 'swerve, dare', 'swerve, swerve'],
  report: (paid) => ({
    payoffs: [
      [paid['dare, dare'] ?? 0, paid['dare, swerve'] ?? 0],
      [paid['swerve, dare'] ?? 0, paid['swerve, swerve'] ?? 0],
    ],
  }),
  values: ({ payoffs }) => Object.fromEntries([payoffs].flat(3).map((paid, profile) => [`${profile}`, Number(paid)])),
  grid: [0, 2, 5],
});
const bothPlay = { strategies: { ann: ['dare', 'swerve'], bob: ['dare', 'swerve'] } };

/** Every mechanism of this package with the types and settings it is examined on. */
export const subjects: readonly Subject[] = [
  {
    mechanism: mediator,
    domain: { name: 'bimatrix', grid: tables.grid, types: tables.types } as Domain,
    settings: [bothPlay],
    participants: { max: 2 },
    runs: 20,
  },
];

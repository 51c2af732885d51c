export { Client, type ConnectOptions, connect } from './client.ts';
export { type ErrorReport, ServiceError } from './errors.ts';
export type { Following } from './following.ts';
export type { PlayOptions, Strategy, StrategyContext } from './play.ts';
export type { Reaching } from './requests.ts';
export type { Evidence, Saying, Seat } from './seat.ts';
export type { Place } from './token.ts';
export type {
  Ask,
  Balance,
  Belonging,
  Coded,
  DescribedMechanism,
  ListedMechanism,
  Made,
  Making,
  Proof,
  Receipt,
  SeenCluster,
  SessionEvent,
  SessionView,
} from './wire.ts';

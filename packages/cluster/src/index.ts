export { alone } from './engine/alone.ts';
export type { Desk, JoinEngine, Manner, Node, NodePlace, NodeStatus } from './engine/engine.ts';
export { type Batch, connectJobs, type Jobs, type JobsOptions } from './jobs.ts';
export { type ClusterNode, type ClusterOptions, joinCluster } from './join-cluster.ts';

export { type ClusterStatus, clusterStatus } from './cluster-status.ts';
export { alone } from './engine/alone.ts';
export type { Asking, Desk, JoinEngine, Node, NodePlace, NodeStatus, SessionDesk } from './engine/engine.ts';
export type { JobStatus } from './jobs/job-status.ts';
export { type Batch, connectJobs, type Jobs, type JobsOptions } from './jobs/jobs.ts';
export { joinWorkers, type WorkerNode, type WorkerOptions } from './jobs/join-workers.ts';
export { type ClusterNode, type ClusterOptions, joinCluster } from './join-cluster.ts';

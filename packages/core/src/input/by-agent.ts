import type { AgentId } from '../contract/agent.ts';

/**
 * Something of each agent, as a record, or as pairs in the order in which they came.
 *
 * @category Agents
 */
export type ByAgent<Content> = Readonly<Record<AgentId, Content>> | Iterable<readonly [AgentId, Content]>;

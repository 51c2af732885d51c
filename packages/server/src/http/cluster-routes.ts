import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Places } from '../places.ts';
import type { Hall } from './hall.ts';
import { operation } from './operation.ts';
import { clusterAnswer } from './schemas.ts';

/** The route about all services that share a store. */
export function clusterRoutes(app: OpenAPIHono, hall: Hall, places: Places | undefined): void {
  operation(
    app,
    {
      method: 'get',
      path: '/cluster',
      summary:
        'The services that share the store, and the work that is shared out among them; none where this one is alone',
      by: 'admin',
      answers: { 200: { description: 'All that there are', schema: clusterAnswer } },
      problems: [401, 403, 503],
    },
    async (context) => {
      hall.gate.admin(context.req.raw);
      const { nodes, jobs } = (await places?.seen?.()) ?? { nodes: [], jobs: [] };
      return context.json({
        nodes: nodes.map(({ address, isUp, holdsSessions, works }) => ({ address, isUp, holdsSessions, works })),
        jobs: jobs.map(({ name, begun, pieces, done }) => ({ name, begun, pieces, done })),
      });
    },
  );
}

import Router from '@koa/router';
import type { Charts } from '../charts/charts.js';

/** The charts of the flows: their names at `/simulator/api/charts`, and each as SVG by its name. */
export function chartApiRoutes(charts: Charts): Router {
  const router = new Router({ prefix: '/simulator/api/charts' });
  router.get('/', (ctx) => {
    ctx.body = charts.flows;
  });
  router.get('/:flow', (ctx) => {
    const svg = charts.svg(ctx.params['flow'] ?? '');
    if (svg === null) return;
    ctx.type = 'image/svg+xml';
    ctx.set('cache-control', 'no-cache');
    ctx.body = svg;
  });
  return router;
}

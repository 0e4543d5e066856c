import Router from '@koa/router';
import type { Charts } from '../charts/charts.js';
import { chartApiRoutes } from './chart-api.js';
import type { Network } from './network.js';
import { pageRoutes } from './page.js';
import { phoneApiRoutes } from './phone-api.js';
import { answerRefusals } from './refusals.js';
import { sendingApiRoutes } from './sending-api.js';

export type SimulatorRoutesOptions = {
  readonly network: Network;
  readonly charts: Charts;
  /** Ends the live streams, which would otherwise keep the server open for ever. */
  readonly stopping: AbortSignal;
};

/**
 * Everything below `/simulator`: the phone in the browser, the interface that it and the phone in
 * the terminal use, and the stand-in for Africa's Talking's API at `/simulator/africastalking`.
 */
export function simulatorRoutes({ network, charts, stopping }: SimulatorRoutesOptions): Router {
  const router = new Router();
  router.use(answerRefusals);
  const parts = [
    ...[pageRoutes(), chartApiRoutes(charts)],
    ...[phoneApiRoutes(network, stopping), sendingApiRoutes(network)],
  ];
  for (const part of parts) router.use(part.routes(), part.allowedMethods());
  return router;
}

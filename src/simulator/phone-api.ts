import Router, { type RouterContext } from '@koa/router';
import bodyParser from 'koa-bodyparser';
import { z } from 'zod';
import { type Phone, readPhone } from '../phone-number.js';
import type { Refusal } from './browser/protocol.js';
import { eventStream } from './event-stream.js';
import type { Network } from './network.js';
import { sameOriginOnly } from './same-origin.js';

const dialled = z.object({ code: z.string().min(1).max(182) });
// Longer than any handset can send, so that long answers can be tried too.
const answered = z.object({ text: z.string().max(1000) });
const texted = z.object({ text: z.string().min(1).max(1600) });
const switched = z.object({
  blocksPromotional: z.boolean().exactOptional(),
  switchedOff: z.boolean().exactOptional(),
});

const refusals: Record<Refusal, string> = {
  switchedOff: 'The phone is switched off.',
  busy: 'The phone is in a call, or waits for an answer. Hang up first.',
  noCall: 'There is no call to answer.',
};

/**
 * The keys and screens of the simulated handsets, in JSON. Each action answers with the handset
 * as it then is; 400 for a number that is none, 409 with an `error` for what cannot be done now.
 */
export function phoneApiRoutes(network: Network, stopping: AbortSignal): Router {
  const router = new Router({ prefix: '/simulator/api' });
  router.use(sameOriginOnly, bodyParser({ enableTypes: ['json'], jsonLimit: '16kb' }));

  router.get('/network', (ctx) => {
    ctx.body = network.view();
  });
  router.get('/events', eventStream(network, stopping));

  router.get('/phones/:phone', (ctx) => {
    ctx.body = network.handset(phoneOf(ctx));
  });
  router.delete('/phones/:phone', (ctx) => {
    network.forget(phoneOf(ctx));
    ctx.status = 204;
  });

  action('dial', dialled, (phone, { code }) => network.dial(phone, code));
  action('reply', answered, (phone, { text }) => network.reply(phone, text));
  action('sms', texted, (phone, { text }) => network.text(phone, text));
  action('hang-up', z.object({}), (phone) => {
    network.hangUp(phone);
    return null;
  });
  action('switches', switched, (phone, switches) => {
    network.setSwitches(phone, switches);
    return null;
  });

  function action<Body>(
    name: string,
    schema: z.ZodType<Body>,
    act: (phone: Phone, body: Body) => Promise<Refusal | null> | null,
  ): void {
    router.post(`/phones/:phone/${name}`, async (ctx: RouterContext) => {
      const phone = phoneOf(ctx);
      if (!ctx.is('json')) ctx.throw(415);
      const body = schema.safeParse(ctx.request.body);
      if (!body.success) ctx.throw(400, z.prettifyError(body.error));
      const refusal = await act(phone, body.data);
      if (refusal) {
        ctx.status = 409;
        ctx.body = { error: refusals[refusal] };
      } else {
        ctx.body = network.handset(phone);
      }
    });
  }
  return router;
}

function phoneOf(ctx: RouterContext): Phone {
  const { phone = '' } = ctx.params;
  return readPhone(phone) ?? ctx.throw(400, 'Not a Kenyan mobile number.');
}

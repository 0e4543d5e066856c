import Router from '@koa/router';
import type { Context } from 'koa';
import bodyParser from 'koa-bodyparser';
import { z } from 'zod';
import { readPhone } from '../phone-number.js';
import type { Network } from './network.js';
import { sameOriginOnly } from './same-origin.js';

const form = z.object({
  username: z.string().min(1),
  to: z.string().min(1),
  message: z.string().min(1),
  from: z.string().min(1).exactOptional(),
});

/**
 * A stand-in for the root of Africa's Talking's API, at `/simulator/africastalking`: it takes SMS
 * at `/version1/messaging` in the form that their SDK posts, and answers as they do. Any API key
 * will do, but there has to be one.
 */
export function sendingApiRoutes(network: Network): Router {
  const router = new Router({ prefix: '/simulator/africastalking' });
  const readForm = bodyParser({ enableTypes: ['form'], formLimit: '16kb' });

  router.post('/version1/messaging', sameOriginOnly, readForm, (ctx: Context) => {
    if (!ctx.get('apikey')) {
      ctx.status = 401;
      ctx.body = 'The supplied authentication is invalid';
      return;
    }
    if (!ctx.is('urlencoded')) ctx.throw(415);
    const sms = form.safeParse(ctx.request.body);
    if (!sms.success) ctx.throw(400, 'username, to and message are required, each of them once');

    const noteAnswer = network.wire.record({
      direction: 'fromGateway',
      phone: readPhone(sms.data.to),
      method: 'POST',
      path: '/version1/messaging',
      fields: Object.entries(sms.data),
    });
    const { recipients, report } = network.accept(sms.data);
    const reached = recipients.filter(({ statusCode }) => statusCode === 101).length;
    const cost = `KES ${(0.8 * reached).toFixed(4)}`;
    ctx.status = 201;
    ctx.body = {
      SMSMessageData: {
        Message: `Sent to ${reached}/${recipients.length} Total Cost: ${cost}`,
        Recipients: recipients,
      },
    };
    noteAnswer(201, JSON.stringify(ctx.body));
    ctx.res.once('close', report);
  });
  return router;
}

import Router from '@koa/router';
import Koa from 'koa';
import bodyParser from 'koa-bodyparser';
import { screenOf } from '../screens.js';

/** Bare Koa, @koa/router and koa-bodyparser: what the gateway's own framework takes for no work at all. */

const app = new Koa();
const router = new Router();
router.post('/ussd', (ctx) => {
  const { text } = ctx.request.body as { readonly text: string };
  ctx.body = `CON ${screenOf(text)}`;
});
app.use(bodyParser()).use(router.routes()).use(router.allowedMethods());
app.listen(Number(process.env['PORT']), '127.0.0.1');

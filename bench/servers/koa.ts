import Router from '@koa/router';
import Koa from 'koa';
import bodyParser from 'koa-bodyparser';
import { screens } from '../screens.js';

/** Bare Koa, @koa/router and koa-bodyparser: what the same framework takes for no work at all. */

const byLength = [
  screens.welcome,
  screens.language,
  screens.welcome,
  screens.about,
  screens.aboutMore,
  screens.welcome,
];

const app = new Koa();
const router = new Router();
router.post('/ussd', (ctx) => {
  const { text } = ctx.request.body as { readonly text: string };
  ctx.body = `CON ${byLength[text === '' ? 0 : text.split('*').length]}`;
});
app.use(bodyParser()).use(router.routes()).use(router.allowedMethods());
app.listen(Number(process.env['PORT']), '127.0.0.1');

import express from 'express';
import type UssdMenu from 'ussd-menu-builder';
import { screens } from '../screens.js';
import { memorySessions } from './memory-sessions.js';
import { postgresqlSessions } from './postgresql-sessions.js';

/**
 * ussd-menu-builder, or ussd-builder, which has the same interface, on Express as in their READMEs: one
 * menu for all requests, or with INSTANCE=request a menu for each. Every state notes in the session
 * where the caller is.
 */

const { PEER = '', INSTANCE, DATABASE_URL, PORT } = process.env;
const { default: Menu }: { default: typeof UssdMenu } = await import(PEER);
const sessions: UssdMenu.SessionConfig = DATABASE_URL
  ? await postgresqlSessions(DATABASE_URL)
  : memorySessions();

function createMenu() {
  const menu = new Menu();
  menu.sessionConfig(sessions);
  menu.on('error', () => {});
  const show = (name: string, text: string) => () => {
    menu.session.set('state', name).then(() => menu.con(text));
  };
  menu.startState({
    run: show('welcome', screens.welcome),
    next: { '2': 'language', '3': 'about' },
  });
  menu.state('language', {
    run: show('language', screens.language),
    next: { '0': '__start__' },
  });
  menu.state('about', {
    run: show('about', screens.about),
    next: { '98': 'about.more', '0': '__start__' },
  });
  menu.state('about.more', {
    run: show('about.more', screens.aboutMore),
    next: { '0': 'about' },
  });
  return menu;
}

// What a shared menu answers twice is an error of Express that nobody catches.
process.on('unhandledRejection', () => {});

const shared = createMenu();
const app = express();
app.use(express.urlencoded({ extended: true }));
app.post('/ussd', (request, response) => {
  const menu = INSTANCE === 'request' ? createMenu() : shared;
  const { phoneNumber = '', sessionId = '', serviceCode = '', text = '' } = request.body;
  menu.run({ phoneNumber, sessionId, serviceCode, text }, (result) => response.send(result));
});
app.listen(Number(PORT), '127.0.0.1');

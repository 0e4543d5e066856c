import { type Item, type Options, UssdBuilder, UssdMenu } from 'advanced-ussd-builder';
import express from 'express';

/**
 * advanced-ussd-builder on Express, by its custom provider, for it does not know Africa's Talking: one
 * builder for all requests as in its Quick Start, or with INSTANCE=request one for each, as where its
 * README shows the custom provider. The words are laid out by its own rules, so they differ a little.
 */

const { INSTANCE, REDIS_URL = '', PORT } = process.env;

const options: Options = {
  provider: 'custom',
  service_code: '*384*27#',
  next_page_key: '98',
  back_page_key: '0',
  require_pin: false,
  redis_connection_url: REDIS_URL,
  make_provider_response: false,
  state: {},
};

const text = (title: string, says: string): Item => ({
  title,
  type: 'render',
  render: { success_message: says },
});

const language: Item = {
  title: 'Lugha / Language',
  type: 'handler',
  handler_type: 'function',
  handler: () =>
    new UssdMenu('Choose a language / Chagua lugha', [
      text('English', 'Language: English.'),
      text('Kiswahili', 'Lugha: Kiswahili.'),
    ]),
};

const about = text(
  'About and your data',
  'CP2 is run by KNEC, the Kenya National Examinations Council. ' +
    'We keep your number and the profile you give us, to engage and pay you for examination work.',
);

const createBuilder = () =>
  new UssdBuilder(
    options,
    new UssdMenu('KNEC CP2: contracted professionals', [
      text('Register', 'Register with KNEC?'),
      language,
      about,
    ]),
  );

// What a shared builder does to the connection of another request is nobody's to catch.
process.on('unhandledRejection', () => {});

const shared = createBuilder();
const app = express();
app.use(express.urlencoded({ extended: true }));
app.post('/ussd', (request, response) => {
  const { phoneNumber = '', sessionId = '', networkCode = '', text: typed = '' } = request.body;
  const phone = phoneNumber.replace('+', '');
  const args = {
    msisdn: phone,
    user_id: phone,
    network: networkCode,
    session_id: sessionId,
    user_input: typed.split('*').at(-1) ?? '',
    phone_number: phone,
    is_new_request: typed === '',
  };
  const builder = INSTANCE === 'request' ? createBuilder() : shared;
  void builder.pipe(args, ({ message, require_feedback: goesOn }) =>
    response.send(`${goesOn ? 'CON' : 'END'} ${message}`),
  );
});
app.listen(Number(PORT), '127.0.0.1');

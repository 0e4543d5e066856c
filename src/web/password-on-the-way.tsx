import { maskPhone, type Phone } from '../phone-number.js';
import { DialCode } from './fields.js';
import type { Page, View } from './view.js';

/** What the page says; registration and reset each have their own. */
type Texts = {
  readonly title: string;
  readonly sent: (maskedPhone: string) => string;
  readonly next: string;
  readonly noSms: string;
  readonly noSmsHow: (ussdCode: string) => string;
};

/** Says where the password went, and what to do if the SMS does not come. */
export function passwordOnTheWay({ words, ussdCode }: View, texts: Texts, phone: Phone): Page {
  return {
    title: texts.title,
    content: (
      <>
        <div class="done">
          <h1>{texts.title}</h1>
          <p class="lead">{texts.sent(maskPhone(phone))}</p>
        </div>
        <p>{texts.next}</p>
        <p>
          <a class="button" href="/login">
            {words.logIn}
          </a>
        </p>
        <h2>{texts.noSms}</h2>
        <p>{texts.noSmsHow(ussdCode)}</p>
        <p>
          <DialCode code={ussdCode} />
        </p>
      </>
    ),
  };
}

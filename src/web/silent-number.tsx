import { maskPhone, type Phone } from '../phone-number.js';
import { DialCode, FaultSummary, type Faults, Form, TextField } from './fields.js';
import type { Page, View } from './view.js';

/** Asks who wants a password for a number that was silent for the national ID on record. */
export function holderPage(view: View, phone: Phone, faults: Faults, once: string): Page {
  const { silentNumber: texts } = view.words;
  return {
    title: texts.title,
    faulty: Object.keys(faults).length > 0,
    content: (
      <>
        <FaultSummary view={view} faults={faults} />
        <h1>{texts.title}</h1>
        <p class="lead">{texts.lead(maskPhone(phone))}</p>
        <Form view={view} action="/reset" once={once}>
          <input type="hidden" name="phone" value={phone} />
          <p>{texts.mine}</p>
          <TextField
            name="nationalId"
            label={texts.nationalId}
            hint={texts.nationalIdHint}
            value=""
            autocomplete="off"
            inputMode="numeric"
            faults={faults}
          />
          <button class="button" type="submit">
            {texts.submit}
          </button>
        </Form>
        <NewHolder view={view} />
      </>
    ),
  };
}

/** Tells who registers a number that was silent how to go on: as its holder, or as somebody new. */
export function registeredBeforePage(view: View, phone: Phone, once: string): Page {
  const { silentNumber: texts } = view.words;
  return {
    title: texts.title,
    content: (
      <>
        <h1>{texts.title}</h1>
        <p class="lead">{texts.lead(maskPhone(phone))}</p>
        <Form view={view} action="/reset" once={once}>
          <input type="hidden" name="phone" value={phone} />
          <button class="button" type="submit">
            {texts.itIsMine}
          </button>
        </Form>
        <NewHolder view={view} />
      </>
    ),
  };
}

/** There is nothing by which the holder of a silent number could show to be the holder. */
export function registerAgainPage(view: View, phone: Phone): Page {
  const { registerAgain: texts } = view.words;
  return {
    title: texts.title,
    content: (
      <>
        <h1>{texts.title}</h1>
        <p class="lead">{texts.lead(maskPhone(phone))}</p>
        <p>{texts.how(view.ussdCode)}</p>
        <p>
          <DialCode code={view.ussdCode} />
        </p>
      </>
    ),
  };
}

/** Three national IDs were wrong today. */
export function notTodayPage({ words: { notToday: texts } }: View): Page {
  return {
    title: texts.title,
    content: (
      <>
        <h1>{texts.title}</h1>
        <p class="lead">{texts.lead}</p>
      </>
    ),
  };
}

function NewHolder({ view: { words, ussdCode } }: { view: View }) {
  const { silentNumber: texts } = words;
  return (
    <>
      <h2>{texts.newHere}</h2>
      <p>{texts.newHereHow(ussdCode)}</p>
      <p>
        <DialCode code={ussdCode} />
      </p>
    </>
  );
}

import type { Screen } from '../channel.js';
import type { Fields } from '../webhooks/reading.js';

/**
 * A reply as it stands on the wire: a text, or what becomes JSON. `{text}` stands for the screen; a
 * value `{name}` for the field of that name in the request, sent back as it came.
 */
export type Template = string | TemplateObject;
type TemplateObject = { readonly [name: string]: TemplateValue };
type TemplateValue = string | number | boolean | null | TemplateObject;

const SCREEN = '{text}';
const ECHO = /^\{([A-Za-z][\w.-]{0,63})\}$/;

export function isTemplate(value: unknown): value is Template {
  return typeof value === 'string' || isTemplateObject(value);
}

function isTemplateObject(value: unknown): value is TemplateObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(
    (part) =>
      part === null ||
      ['string', 'number', 'boolean'].includes(typeof part) ||
      isTemplateObject(part),
  );
}

/** What is wrong with a template, as what is expected instead. */
export function faultsIn(template: Template): string[] {
  const texts = textsIn(template);
  const faults: string[] = [];
  if (texts.filter((text) => text.includes(SCREEN)).length !== 1) {
    faults.push('{text} in one place, where the screen goes');
  }
  const braced = texts.flatMap((text) => text.replace(SCREEN, '').match(/[{}].*/s) ?? []);
  const echoes = typeof template === 'string' ? [] : texts.filter((text) => ECHO.test(text));
  if (braced.some((text) => !echoes.includes(text))) {
    faults.push('no other braces than {text} and, alone in a value, {the name of a field}');
  }
  return faults;
}

function textsIn(value: TemplateValue): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Fills in a template. */
export function fill(
  template: Template,
  { text }: Screen,
  fields: Fields,
): { readonly type: string; readonly body: string } {
  const filled = fillValue(template, text, fields);
  return typeof template === 'string'
    ? { type: 'text/plain', body: String(filled) }
    : { type: 'application/json', body: JSON.stringify(filled) };
}

function fillValue(value: TemplateValue, text: string, fields: Fields): TemplateValue {
  if (typeof value === 'object' && value !== null) {
    const filled = Object.entries(value).map(([name, part]) => [
      name,
      fillValue(part, text, fields),
    ]);
    return Object.fromEntries(filled);
  }
  if (typeof value !== 'string') return value;
  const [, name = ''] = ECHO.exec(value) ?? [];
  if (name === '' || value === SCREEN) return value.replace(SCREEN, () => text);
  return echoOf(fields[name]);
}

/** Nothing but a single word goes back: what else stands there is the sender's slip or trick. */
function echoOf(sent: unknown): string | number | boolean | null {
  if (typeof sent === 'string') return sent.length <= 128 ? sent : null;
  return typeof sent === 'number' || typeof sent === 'boolean' ? sent : null;
}

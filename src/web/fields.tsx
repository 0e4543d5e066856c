import type { ComponentChildren } from 'preact';
import type { Detail } from '../profile/details.js';
import type { View } from './view.js';

/** The names of the fields, on which people's programs may rely. */
export type FieldName =
  | 'phone'
  | 'phoneAgain'
  | 'password'
  | 'newPassword'
  | 'newPasswordAgain'
  | 'language'
  | Detail;

/** What is wrong, by field, in the order of the fields. */
export type Faults = Readonly<Partial<Record<FieldName, string>>>;

/** A form of ours: for a session, with its token; where a double click must not count twice, with a nonce. */
export function Form(props: {
  view: View;
  action: string;
  once?: string;
  children: ComponentChildren;
}) {
  return (
    <form method="post" action={props.action} noValidate>
      {props.children}
      {props.view.csrf && <input type="hidden" name="csrf" value={props.view.csrf} />}
      {props.once && <input type="hidden" name="once" value={props.once} />}
    </form>
  );
}

/** All faults together at the top, each leading to its field. Empty where there is none. */
export function FaultSummary(props: { view: View; faults: Faults; children?: ComponentChildren }) {
  const faults = Object.entries(props.faults);
  if (faults.length === 0) return null;
  return (
    <div class="summary" role="alert" aria-labelledby="summary-heading" tabIndex={-1} autofocus>
      <h2 id="summary-heading">{props.view.words.faultHeading}</h2>
      <ul>
        {faults.map(([name, message]) => (
          <li key={name}>
            <a href={`#${name}`}>{message}</a>
          </li>
        ))}
      </ul>
      {props.children}
    </div>
  );
}

type FieldProps = {
  name: FieldName;
  label: string;
  hint?: string | undefined;
  faults: Faults;
};

/** A label, what helps, what is wrong, and the control, told what describes it. */
function Field({
  name,
  label,
  hint,
  faults,
  control,
}: FieldProps & {
  control: (attributes: {
    id: string;
    name: string;
    'aria-describedby': string | undefined;
    'aria-invalid': 'true' | undefined;
  }) => ComponentChildren;
}) {
  const fault = faults[name];
  const describedBy = [hint && `${name}-hint`, fault && `${name}-fault`].filter(Boolean).join(' ');
  return (
    <div class={fault ? 'field faulty' : 'field'}>
      <label for={name}>{label}</label>
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {fault && (
        <p class="fault" id={`${name}-fault`}>
          {fault}
        </p>
      )}
      {control({
        id: name,
        name,
        'aria-describedby': describedBy || undefined,
        'aria-invalid': fault ? 'true' : undefined,
      })}
    </div>
  );
}

export function PhoneField(props: FieldProps & { value: string }) {
  return (
    <Field
      {...props}
      control={(attributes) => (
        <input
          {...attributes}
          class="short"
          type="tel"
          inputMode="tel"
          autocomplete="tel"
          value={props.value}
          required
        />
      )}
    />
  );
}

/** Never shows what was entered again. */
export function PasswordField(props: FieldProps & { kind: 'current-password' | 'new-password' }) {
  return (
    <Field
      {...props}
      control={(attributes) => (
        <input
          {...attributes}
          class="short"
          type="password"
          autocomplete={props.kind}
          autocapitalize="none"
          spellcheck={false}
          required
        />
      )}
    />
  );
}

export function TextField(props: FieldProps & { value: string; autocomplete: string }) {
  return (
    <Field
      {...props}
      control={(attributes) => (
        <input
          {...attributes}
          type="text"
          autocomplete={props.autocomplete}
          spellcheck={false}
          value={props.value}
        />
      )}
    />
  );
}

export function SelectField(
  props: FieldProps & { value: string; options: Readonly<Record<string, string>> },
) {
  return (
    <Field
      {...props}
      control={(attributes) => (
        <select {...attributes} class="short">
          {Object.entries(props.options).map(([value, text]) => (
            <option key={value} value={value} selected={value === props.value}>
              {text}
            </option>
          ))}
        </select>
      )}
    />
  );
}

/** What people dial, in a form that they recognise and, on a phone, can touch. */
export function DialCode({ code }: { code: string }) {
  return (
    <a class="code" href={`tel:${code.replaceAll('#', '%23')}`}>
      {code}
    </a>
  );
}

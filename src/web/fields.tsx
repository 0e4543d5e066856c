import type { ComponentChildren } from 'preact';
import type { DetailName } from '../profile/details.js';
import type { View } from './view.js';

/** The names of the fields, on which people's programs may rely. */
export type FieldName =
  | 'phone'
  | 'phoneAgain'
  | 'password'
  | 'newPassword'
  | 'newPasswordAgain'
  | 'language'
  | 'nationalIdCheck'
  | DetailName;

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
      {/* Whoever is logged in may be logged out from whosesoever page. */}
      {props.view.owner && props.action !== '/logout' && (
        <input type="hidden" name="owner" value={props.view.owner} />
      )}
      {props.once && <input type="hidden" name="once" value={props.once} />}
    </form>
  );
}

/**
 * All faults together at the top, each leading to its field. Empty where there is none. The labels go
 * before faults that do not say what they are about.
 */
export function FaultSummary(props: {
  view: View;
  faults: Faults;
  labels?: Readonly<Partial<Record<FieldName, string>>>;
  children?: ComponentChildren;
}) {
  const faults = Object.entries(props.faults) as [FieldName, string][];
  if (faults.length === 0) return null;
  return (
    <div class="summary" role="alert" aria-labelledby="summary-heading" tabIndex={-1} autofocus>
      <h2 id="summary-heading">{props.view.words.faultHeading}</h2>
      <ul>
        {faults.map(([name, message]) => {
          const label = props.labels?.[name];
          return (
            <li key={name}>
              <a href={`#${name}`}>{label ? `${label}: ${message}` : message}</a>
            </li>
          );
        })}
      </ul>
      {props.children}
    </div>
  );
}

export type FieldProps = {
  name: FieldName;
  label: string;
  hint?: string | undefined;
  /** What is kept already, where the control does not show it. */
  present?: string | undefined;
  faults: Faults;
  /** What belongs under the control. */
  children?: ComponentChildren;
};

/** A label, what helps, what is wrong, and the control, told what describes it. */
function Field({
  name,
  label,
  hint,
  present,
  faults,
  children,
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
  const describedBy = [
    hint && `${name}-hint`,
    present && `${name}-present`,
    fault && `${name}-fault`,
  ]
    .filter(Boolean)
    .join(' ');
  return (
    <div class={fault ? 'field faulty' : 'field'}>
      <label for={name}>{label}</label>
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {present && (
        <p class="present" id={`${name}-present`}>
          {present}
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
      {children}
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

export function TextField(
  props: FieldProps & {
    value: string;
    autocomplete: string;
    inputMode?: 'numeric' | 'tel' | 'email' | undefined;
    /** What may be chosen instead of typing, in the browsers that offer it. */
    offers?: readonly string[];
  },
) {
  const { name, offers = [] } = props;
  const list = offers.length > 0 ? `${name}-list` : undefined;
  return (
    <Field
      {...props}
      control={(attributes) => (
        <>
          <input
            {...attributes}
            class={props.inputMode === 'numeric' || props.inputMode === 'tel' ? 'short' : undefined}
            type="text"
            autocomplete={props.autocomplete}
            inputMode={props.inputMode}
            list={list}
            spellcheck={false}
            value={props.value}
          />
          {list && (
            <datalist id={list}>
              {offers.map((offer) => (
                <option key={offer} value={offer} />
              ))}
            </datalist>
          )}
        </>
      )}
    />
  );
}

export type Options = readonly { readonly value: string; readonly text: string }[];

export function SelectField(
  props: FieldProps & {
    value: string;
    /** In lots, each with its name; a lot without one stands alone. */
    options: readonly { readonly lot?: string; readonly options: Options }[];
  },
) {
  const list = (options: Options) =>
    options.map(({ value, text }) => (
      <option key={value} value={value} selected={value === props.value}>
        {text}
      </option>
    ));
  return (
    <Field
      {...props}
      control={(attributes) => (
        <select {...attributes} class="short">
          {props.options.map(({ lot, options }) =>
            lot ? (
              <optgroup key={lot} label={lot}>
                {list(options)}
              </optgroup>
            ) : (
              list(options)
            ),
          )}
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

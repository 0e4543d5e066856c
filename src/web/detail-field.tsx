import type { Language } from '../dialogue/languages.js';
import { type DetailName, detailOf, narrowedBy, parentOf } from '../profile/details.js';
import { masked } from '../profile/masking.js';
import type { Values } from '../profile/profile.js';
import { askedAs, type Choices } from './choices.js';
import { detailInputs } from './detail-inputs.js';
import { type Faults, type FieldProps, SelectField, TextField } from './fields.js';
import { keepField, type Problem } from './group-answers.js';
import type { View } from './view.js';
import { type Was, wasField } from './was.js';

/** How many of what may be chosen a hint names. */
const NAMED = 3;

export type DetailFieldProps = {
  readonly view: View;
  readonly detail: DetailName;
  /** The profile as it is kept, and as it is shown. */
  readonly values: Values;
  readonly shown: Values;
  readonly was: Was;
  readonly choices: Choices;
  /** What was entered and comes back for a correction. */
  readonly entry: string | undefined;
  readonly problem: Problem | undefined;
  readonly faults: Faults;
};

/** A detail of the profile as a field, by its definition alone. */
export function DetailField(props: DetailFieldProps) {
  const { view, detail, values, shown, choices, entry, problem } = props;
  const { words, language } = view;
  const { label } = detailOf(detail);
  const asked = askedAs(detail);
  const field: FieldProps = {
    name: detail,
    label: label[language],
    hint: presentOf(props) ? undefined : hintOf(props),
    present: presentOf(props),
    faults: props.faults,
    children: (
      <>
        {problem?.kind === 'doubt' && (
          <label class="keep">
            <input type="checkbox" name={keepField(detail)} value={problem.mark} />
            {words.group.keepIt}
          </label>
        )}
        <input type="hidden" name={wasField(detail)} value={props.was[detail] ?? ''} />
      </>
    ),
  };
  if (asked === 'chosen') {
    return (
      <SelectField
        {...field}
        value={entry ?? values[detail] ?? ''}
        options={optionsOf(props, words.group.choose)}
      />
    );
  }
  const { autocomplete = 'off', inputMode } = detailInputs[detail] ?? {};
  const offers = choices.flatMap(({ items }) => items.map(({ name }) => name[language]));
  return (
    <TextField
      {...field}
      value={entry ?? (isMasked(detail) ? '' : (shown[detail] ?? ''))}
      autocomplete={autocomplete}
      inputMode={inputMode}
      offers={offers}
    />
  );
}

/** What to say at the field, and on top, about an answer that is not kept as it is. */
export function faultText(
  { words, language }: Pick<View, 'words' | 'language'>,
  detail: DetailName,
  problem: Problem,
  shown: Values,
): string {
  const { group: texts } = words;
  if (problem.kind === 'doubt') return problem.question[language];
  if (problem.kind === 'meanwhile') {
    const value = shown[problem.changed];
    return problem.changed === detail && value !== undefined
      ? texts.meanwhile(masked(detail, value))
      : texts.parentMeanwhile(detailOf(problem.changed).label[language]);
  }
  if (problem.kind === 'several') {
    return texts.whichOne(problem.items.map(({ name }) => name[language]).join(', '));
  }
  if (problem.kind === 'elsewhere') {
    return texts.elsewhere(shown[problem.parent] ?? detailOf(problem.parent).label[language]);
  }
  if (askedAs(detail) === 'chosen') return texts.chooseFromList;
  // A rule's own word on this very answer is a sentence; what is expected is not.
  const general = problem.expects === detailOf(detail).expects;
  return general ? texts.faulty(problem.expects[language]) : problem.expects[language];
}

function isMasked(detail: DetailName): boolean {
  return detailOf(detail).mask !== 'none';
}

function hintOf({
  view,
  detail,
  values,
  shown,
  choices,
  problem,
}: DetailFieldProps): string | undefined {
  const { words, language } = view;
  const { expects } = detailOf(detail);
  if (askedAs(detail) === 'typedOrChosen' && !narrowedBy(detail)) {
    // Not every browser offers what may be chosen: "the list" would then be none.
    const names = choices.flatMap(({ items }) => items.map(({ name }) => name[language]));
    if (names.length > 0) return words.group.orTyped(names.slice(0, NAMED).join(', '));
  }
  if (askedAs(detail) !== 'chosen') {
    // What is wrong says then what is expected.
    if (problem?.kind === 'bad' && problem.expects === expects) return undefined;
    return capitalised(expects[language], language);
  }
  const parent = narrowedBy(detail);
  if (!parent) return undefined;
  const parentLabel = lowerCased(detailOf(parent).label[language], language);
  const chosen = values[parent] && shown[parent];
  return chosen ? words.group.ofParent(chosen, parentLabel) : words.group.givesParent(parentLabel);
}

function presentOf({ view, detail, shown }: DetailFieldProps): string | undefined {
  const value = shown[detail];
  if (value === undefined || !isMasked(detail)) return undefined;
  const { present, presentHidden, presentWith } = view.words.group;
  if (detailOf(detail).mask === 'hidden') return presentHidden;
  const parent = parentOf(detail);
  if (!parent) return present(masked(detail, value));
  const parentLabel = lowerCased(detailOf(parent).label[view.language], view.language);
  return presentWith(masked(detail, value), parentLabel);
}

function optionsOf(
  { view: { language }, detail, values, shown, choices, entry }: DetailFieldProps,
  choose: string,
) {
  const value = values[detail];
  const lots = choices.map(({ of, items }) => ({
    ...(of ? { lot: of.name[language] } : {}),
    options: items.map(({ key, name }) => ({ value: key, text: name[language] })),
  }));
  const all = lots.flatMap(({ options }) => options);
  const isThere = (key: string | undefined) => all.some((option) => option.value === key);
  // An item that was retired stays with those who have it.
  const retired = value && !isThere(value) ? [{ value, text: shown[detail] ?? value }] : [];
  const none = value === undefined || (entry !== undefined && !isThere(entry) && entry !== value);
  const first = [...(none ? [{ value: '', text: choose }] : []), ...retired];
  return first.length > 0 ? [{ options: first }, ...lots] : lots;
}

function capitalised(text: string, language: Language): string {
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
}

function lowerCased(text: string, language: Language): string {
  return text.charAt(0).toLocaleLowerCase(language) + text.slice(1);
}

import { type DetailName, detailOf } from '../profile/details.js';
import type { View } from './view.js';

/** What is good to know after something was saved. Empty where there is nothing. */
export function Notices(props: {
  view: View;
  notice?: string | null;
  /** What some other account has as well. */
  shared: readonly DetailName[];
}) {
  const { words, language } = props.view;
  const shared = props.shared.map((detail) => words.group.shared(detailOf(detail).label[language]));
  const texts = [...(props.notice ? [props.notice] : []), ...shared];
  if (texts.length === 0) return null;
  return (
    <div class="saved" role="status">
      {texts.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </div>
  );
}

/** Reads `account,nationalId` in a query: whatever else stands there is passed over. */
export function detailsNamed(query: unknown, known: readonly DetailName[]): readonly DetailName[] {
  const named = typeof query === 'string' ? query.split(',') : [];
  return known.filter((detail) => named.includes(detail));
}

import { type Group, groups } from '../profile/detail.js';
import type { Values } from '../profile/profile.js';
import { completenessOf } from './completeness.js';
import { Ring } from './ring.js';
import type { View } from './view.js';

/** The groups of the profile in their order. */
export const groupNames = Object.keys(groups) as readonly Group[];

/** From one group's form to the others, with how far each is. */
export function GroupLinks(props: { view: View; values: Values; present: Group }) {
  const { words, language } = props.view;
  return (
    <nav class="groups" aria-label={words.profile.groups}>
      <ul>
        {groupNames.map((group) => {
          const { given, all } = completenessOf(props.values, group);
          return (
            <li key={group}>
              <Ring given={given} all={all} />
              <a
                href={`/profile/${group}`}
                aria-current={group === props.present ? 'page' : undefined}
              >
                {groups[group][language]}
              </a>
              <span class="state">{words.profile.state(given, all)}</span>
            </li>
          );
        })}
      </ul>
      <p class="back">
        <a href="/profile">{words.group.back}</a>
      </p>
    </nav>
  );
}

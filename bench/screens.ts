/** What the contenders show that are not ours: the words of our own flows. */
export const screens = {
  welcome:
    'KNEC CP2: contracted professionals\n1. Register\n2. Lugha / Language\n3. About and your data',
  language: 'Choose a language / Chagua lugha\n1. English\n2. Kiswahili\n0. Back',
  about:
    'CP2 is run by KNEC, the Kenya National Examinations Council.\n' +
    'We keep your number and the profile you give us, to engage, deploy and pay you\n98. More\n0. Back',
  aboutMore:
    'for examination work. Only KNEC and those who pay you see it.\n' +
    'You may see, correct, take a copy of and erase what we keep.\n0. Back',
} as const;

/** What a server without any state shows, by how many answers have been given. */
export function screenOf(text: string): string {
  const answers = text === '' ? 0 : text.split('*').length;
  return inTurn[answers] ?? screens.welcome;
}

const inTurn = [
  screens.welcome,
  screens.language,
  screens.welcome,
  screens.about,
  screens.aboutMore,
  screens.about,
];

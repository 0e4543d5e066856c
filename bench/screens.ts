/** What every contender shows, ours by its flows and the others by these. */
export const screens = {
  welcome:
    'KNEC CP2: contracted professionals\n1. Register\n2. Lugha / Language\n3. About and your data',
  language: 'Choose a language / Chagua lugha\n1. English\n2. Kiswahili\n0. Back',
  about:
    'CP2 is run by KNEC, the Kenya National Examinations Council.\nWe keep your number and the profile you give us, to engage, deploy and pay you\n98. More\n0. Back',
  aboutMore:
    'for examination work. Only KNEC and those who pay you see it.\nYou may see, correct, take a copy of and erase what we keep.\nMore:\n0. Back',
} as const;

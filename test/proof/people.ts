import type { FoundingLanguage } from '../../src/dialogue/languages.js';

type Text = Readonly<Record<FoundingLanguage, string>>;

/** One of the 25 answers of a person, and what is to be read of it afterwards. */
export type Answer = {
  /** What the service calls it. */
  readonly label: Text;
  /** The word to text before it. */
  readonly keyword: Text;
  /** What the person says. */
  readonly says: Text;
  /** What is kept, in full. */
  readonly full: Text;
  /** How screens and pages show it. */
  readonly shown: Text;
  /** Nobody who reads the database may read this. */
  readonly secret: boolean;
};

/** A person knows the answers to 25 questions, and nothing of how the service works. */
export type Person = readonly Answer[];

/** A person unlike the others: each answer that is secret has the number in it. */
export function personNumber(n: number): Person {
  const kin = ['Nekesa Wafula', 'Barasa Simiyu', 'Chebet Rono', 'Atieno Owuor', 'Mumbua Kioko'][n];
  const name = ['Wanjiku', 'Akinyi', 'Moraa', 'Halima', 'Naliaka'][n];
  if (kin === undefined || name === undefined) throw new Error('there are five people');
  return [
    said('Full name', 'Jina kamili', 'NAME', 'JINA', `${name} O'Muthoni`),
    said('Year of birth', 'Mwaka wa kuzaliwa', 'BORN', 'KUZALIWA', `198${n}`),
    said('Gender', 'Jinsia', 'GENDER', 'JINSIA', { en: 'Female', sw: 'Mke' }),
    secret('National ID', 'Nambari ya kitambulisho', 'ID', 'KITAMBULISHO', `2718281${n}`),
    secret('KRA PIN', 'PIN ya KRA', 'KRA', 'PINYAKRA', `A31415926${n}K`),
    secret('NSSF number', 'Nambari ya NSSF', 'NSSF', 'NSSF', `202718283${n}`),
    secret('SHA (NHIF) number', 'Nambari ya SHA (NHIF)', 'SHA', 'SHA', `CR602214${n}-8`),
    said('E-mail', 'Barua pepe', 'EMAIL', 'PEPE', `${name.toLowerCase()}@example.com`),
    said('Bank', 'Benki', 'BANK', 'BENKI', 'Equity'),
    said('Branch', 'Tawi', 'BRANCH', 'TAWI', 'Kisumu Mega'),
    // One digit fewer than usual, so that the service doubts it.
    secret('Account number', 'Nambari ya akaunti', 'ACCOUNT', 'AKAUNTI', `66260701504${n}`),
    said('Highest level', 'Kiwango cha elimu', 'LEVEL', 'KIWANGO', {
      en: "Bachelor's",
      sw: 'Shahada',
    }),
    said('Where you studied', 'Ulikosoma', 'COLLEGE', 'CHUO', 'Maseno University'),
    said('Course', 'Kozi', 'COURSE', 'KOZI', 'Education (Science)'),
    said('Years of study', 'Miaka ya masomo', 'STUDIED', 'MASOMO', '2005-2009'),
    said('Employer', 'Mwajiri', 'EMPLOYER', 'MWAJIRI', 'TSC'),
    masked('TSC or PF number', 'Nambari ya TSC au PF', 'TSC', 'TSC', `86754${n}`),
    said('Institution', 'Taasisi', 'SCHOOL', 'SHULE', 'Moi Girls, Eldoret & Annex'),
    said('Designation', 'Cheo', 'DESIGNATION', 'CHEO', { en: 'Teacher', sw: 'Mwalimu' }),
    said('Year started', 'Mwaka ulioanza', 'STARTED', 'TANGU', '2011'),
    said('County', 'Kaunti', 'COUNTY', 'KAUNTI', "Murang'a"),
    said('Sub-county', 'Kaunti ndogo', 'SUBCOUNTY', 'KAUNTINDOGO', 'Kiharu'),
    { ...said('Name of kin', 'Jina la jamaa', 'KIN', 'JAMAA', kin), secret: true },
    {
      ...secret('Phone of kin', 'Simu ya jamaa', 'KINPHONE', 'SIMUYAJAMAA', `0722 161 80${n}`),
      ...{ full: same(`25472216180${n}`), shown: same(`***80${n}`) },
    },
    said('Relationship', 'Uhusiano', 'RELATIONSHIP', 'UHUSIANO', {
      en: 'Spouse',
      sw: 'Mume au mke',
    }),
  ];
}

/** By their labels, as a page or a screen gives them back. */
export function byLabel(
  person: Person,
  language: FoundingLanguage,
  what: 'full' | 'shown',
): Record<string, string> {
  return Object.fromEntries(
    person.map((answer) => [answer.label[language], answer[what][language]]),
  );
}

/** The forms in which the secrets of a person might lie somewhere. */
export function secretsOf(person: Person): readonly string[] {
  return person
    .filter(({ secret }) => secret)
    .flatMap(({ says, full }) => [says.en, full.en, full.en.replace(/^254/, '')])
    .flatMap((form) => [
      form,
      encodeURIComponent(form),
      Buffer.from(form).toString('hex'),
      Buffer.from(form).toString('base64').replace(/=+$/, ''),
    ]);
}

function said(en: string, sw: string, key: string, keySw: string, says: string | Text): Answer {
  const text = typeof says === 'string' ? same(says) : says;
  return {
    label: { en, sw },
    keyword: { en: key, sw: keySw },
    says: text,
    full: text,
    shown: text,
    secret: false,
  };
}

function masked(en: string, sw: string, key: string, keySw: string, says: string): Answer {
  return { ...said(en, sw, key, keySw, says), shown: same(`***${says.slice(-3)}`) };
}

function secret(en: string, sw: string, key: string, keySw: string, says: string): Answer {
  return { ...masked(en, sw, key, keySw, says), secret: true };
}

function same(text: string): Text {
  return { en: text, sw: text };
}

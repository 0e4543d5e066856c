import { inEveryLanguage } from '../dialogue/languages.js';
import { named } from '../dialogue/named.js';
import { translated } from '../dialogue/pack.js';
import type { Detail, Group, WrittenDetail } from './detail.js';
import {
  account,
  bare,
  bareCode,
  email,
  employmentNumber,
  kraPin,
  matching,
  noAnswer,
  onlyListed,
  personName,
  phone,
  shortText,
  yearOfBirth,
  yearSpan,
  yearStarted,
} from './rules.js';

const nameExpected = {
  en: 'letters only, as in Jane Muthoni',
  sw: 'herufi tu, mfano Jane Muthoni',
};
const institutionExpected = {
  en: '2 to 60 letters, as in Moi University',
  sw: 'herufi 2 hadi 60, mfano Moi University',
};

/**
 * The 25 details of the profile, in the order in which they are asked. This is the one place where a
 * detail is defined. The rules are those of the domain notes; where sources disagree they are wide,
 * for nobody is to be turned away over a format that nobody has published.
 */
export const details = {
  fullName: {
    group: 'personal',
    label: { en: 'Full name', sw: 'Jina kamili' },
    sms: { en: ['NAME', 'FULLNAME'], sw: ['JINA', 'JINAKAMILI'] },
    expects: {
      en: `your name as on your ID, ${nameExpected.en}`,
      sw: `jina kama kwenye kitambulisho, ${nameExpected.sw}`,
    },
    sensitive: false,
    mask: 'none',
    announced: true,
    rule: personName,
  },
  yearOfBirth: {
    group: 'personal',
    label: { en: 'Year of birth', sw: 'Mwaka wa kuzaliwa' },
    sms: { en: ['BORN', 'BIRTH', 'YEAROFBIRTH'], sw: ['KUZALIWA', 'MWAKAWAKUZALIWA'] },
    expects: {
      en: '4 digits, as in 1985; ages 18 to 90',
      sw: 'tarakimu 4, mfano 1985; umri 18 hadi 90',
    },
    sensitive: false,
    mask: 'none',
    rule: yearOfBirth,
  },
  gender: {
    group: 'personal',
    label: { en: 'Gender', sw: 'Jinsia' },
    sms: { en: ['GENDER', 'SEX'], sw: ['JINSIA'] },
    expects: { en: 'its first letters, as in Female', sw: 'herufi zake za kwanza, mfano Mke' },
    list: { name: 'genders' },
    sensitive: true,
    mask: 'none',
    rule: onlyListed,
  },
  nationalId: {
    group: 'personal',
    label: { en: 'National ID', sw: 'Nambari ya kitambulisho' },
    sms: { en: ['ID', 'NATIONALID'], sw: ['KITAMBULISHO'] },
    expects: { en: '6 to 9 digits, as in 12345678', sw: 'tarakimu 6 hadi 9, mfano 12345678' },
    sensitive: true,
    mask: 'tail',
    distinct: (value) => value.replace(/^0+/, ''),
    rule: matching(/^\d{6,9}$/),
  },
  kraPin: {
    group: 'personal',
    label: { en: 'KRA PIN', sw: 'PIN ya KRA' },
    sms: { en: ['KRA', 'KRAPIN', 'PIN'], sw: ['PINYAKRA'] },
    expects: {
      en: 'A, 9 digits, a letter, as in A012345678Z',
      sw: 'A, tarakimu 9, herufi, mfano A012345678Z',
    },
    sensitive: true,
    mask: 'tail',
    rule: kraPin,
  },
  nssf: {
    group: 'personal',
    label: { en: 'NSSF number', sw: 'Nambari ya NSSF' },
    sms: { en: ['NSSF'], sw: ['NAMBARIYANSSF'] },
    expects: { en: '7 to 10 digits, as in 2012345678', sw: 'tarakimu 7 hadi 10, mfano 2012345678' },
    sensitive: true,
    mask: 'tail',
    rule: matching(/^\d{7,10}$/),
  },
  sha: {
    group: 'personal',
    label: { en: 'SHA (NHIF) number', sw: 'Nambari ya SHA (NHIF)' },
    sms: { en: ['SHA', 'NHIF'], sw: ['NAMBARIYASHA'] },
    expects: {
      en: '6 to 20 letters or digits, as in CR1234567-8',
      sw: 'herufi au tarakimu 6 hadi 20, mfano CR1234567-8',
    },
    sensitive: true,
    mask: 'tail',
    rule: noAnswer(matching(/^[A-Z0-9-]{6,20}$/, bareCode)),
  },
  email: {
    group: 'personal',
    label: { en: 'E-mail', sw: 'Barua pepe' },
    sms: { en: ['EMAIL', 'MAIL'], sw: ['BARUAPEPE', 'PEPE'] },
    expects: {
      en: 'an address, as in jane@example.com, or NONE',
      sw: 'anwani, mfano jane@example.com, au HAKUNA',
    },
    sensitive: false,
    mask: 'none',
    rule: email,
  },
  bank: {
    group: 'bank',
    label: { en: 'Bank', sw: 'Benki' },
    sms: { en: ['BANK'], sw: ['BENKI'] },
    expects: {
      en: 'its name or 2-digit code, as in Equity or 68',
      sw: 'jina lake au msimbo wa tarakimu 2, mfano Equity au 68',
    },
    list: { name: 'banks', coded: true },
    sensitive: false,
    mask: 'none',
    payout: true,
    rule: onlyListed,
  },
  branch: {
    group: 'bank',
    label: { en: 'Branch', sw: 'Tawi' },
    sms: { en: ['BRANCH'], sw: ['TAWI'] },
    expects: {
      en: 'the branch of your bank, as in Kisumu',
      sw: 'tawi la benki yako, mfano Kisumu',
    },
    list: { name: 'branches', of: 'bank', orTyped: true },
    sensitive: false,
    mask: 'none',
    payout: true,
    rule: shortText,
  },
  account: {
    group: 'bank',
    label: { en: 'Account number', sw: 'Nambari ya akaunti' },
    sms: { en: ['ACCOUNT', 'ACC'], sw: ['AKAUNTI'] },
    expects: { en: '6 to 16 digits', sw: 'tarakimu 6 hadi 16' },
    sensitive: true,
    mask: 'tail',
    payout: true,
    belongsTo: 'bank',
    distinct: (value, { values }) => (values['bank'] ? `${values['bank']}/${value}` : null),
    rule: account,
  },
  level: {
    group: 'qualification',
    label: { en: 'Highest level', sw: 'Kiwango cha elimu' },
    sms: { en: ['LEVEL', 'QUALIFICATION'], sw: ['KIWANGO', 'ELIMU'] },
    expects: { en: 'its first letters, as in Diploma', sw: 'herufi zake za kwanza, mfano Diploma' },
    list: { name: 'levels' },
    sensitive: false,
    mask: 'none',
    rule: onlyListed,
  },
  college: {
    group: 'qualification',
    label: { en: 'Where you studied', sw: 'Ulikosoma' },
    sms: { en: ['COLLEGE', 'STUDIEDAT'], sw: ['CHUO'] },
    expects: institutionExpected,
    sensitive: false,
    mask: 'none',
    rule: shortText,
  },
  course: {
    group: 'qualification',
    label: { en: 'Course', sw: 'Kozi' },
    sms: { en: ['COURSE'], sw: ['KOZI'] },
    expects: {
      en: '2 to 60 letters, as in Education Arts',
      sw: 'herufi 2 hadi 60, mfano Education Arts',
    },
    sensitive: false,
    mask: 'none',
    rule: shortText,
  },
  studied: {
    group: 'qualification',
    label: { en: 'Years of study', sw: 'Miaka ya masomo' },
    sms: { en: ['STUDIED', 'STUDY'], sw: ['MASOMO'] },
    expects: {
      en: 'from and to year, as in 2008-2011',
      sw: 'kuanzia na hadi mwaka, mfano 2008-2011',
    },
    sensitive: false,
    mask: 'none',
    rule: yearSpan,
  },
  employer: {
    group: 'work',
    label: { en: 'Employer', sw: 'Mwajiri' },
    sms: { en: ['EMPLOYER'], sw: ['MWAJIRI'] },
    expects: { en: 'its first letters, as in TSC', sw: 'herufi zake za kwanza, mfano TSC' },
    list: { name: 'employers' },
    sensitive: false,
    mask: 'none',
    rule: onlyListed,
  },
  employmentNumber: {
    group: 'work',
    label: { en: 'TSC or PF number', sw: 'Nambari ya TSC au PF' },
    sms: { en: ['TSC', 'PF', 'EMPLOYMENTNUMBER'], sw: ['NAMBARIYAKAZI'] },
    expects: {
      en: 'your TSC or employment number, as in 345678',
      sw: 'nambari yako ya TSC au ya kazi, mfano 345678',
    },
    sensitive: false,
    mask: 'tail',
    belongsTo: 'employer',
    distinct: (value, { values }) =>
      values['employer'] === 'tsc' ? value.replace(/^0+/, '') : null,
    rule: employmentNumber,
  },
  workplace: {
    group: 'work',
    label: { en: 'Institution', sw: 'Taasisi' },
    sms: {
      en: ['SCHOOL', 'INSTITUTION', 'STATION'],
      sw: ['SHULE', 'TAASISI', 'KITUO', 'KITUOCHAKAZI'],
    },
    expects: {
      en: 'where you work, as in Kisumu Girls High School',
      sw: 'unapofanya kazi, mfano Kisumu Girls High School',
    },
    sensitive: false,
    mask: 'none',
    rule: shortText,
  },
  designation: {
    group: 'work',
    label: { en: 'Designation', sw: 'Cheo' },
    sms: { en: ['DESIGNATION', 'TITLE'], sw: ['CHEO'] },
    expects: {
      en: 'one from the list, or type your own',
      sw: 'moja kwenye orodha, au andika yako',
    },
    list: { name: 'designations', orTyped: true },
    sensitive: false,
    mask: 'none',
    rule: shortText,
  },
  yearStarted: {
    group: 'work',
    label: { en: 'Year started', sw: 'Mwaka ulioanza' },
    sms: { en: ['STARTED', 'SINCE'], sw: ['ULIOANZA', 'TANGU'] },
    expects: {
      en: 'a year since you were 15, as in 2015',
      sw: 'mwaka tangu uwe na miaka 15, mfano 2015',
    },
    sensitive: false,
    mask: 'none',
    rule: yearStarted,
  },
  county: {
    group: 'work',
    label: { en: 'County', sw: 'Kaunti' },
    sms: { en: ['COUNTY'], sw: ['KAUNTI'] },
    expects: {
      en: 'its number 1 to 47, or first letters',
      sw: 'nambari yake 1 hadi 47, au herufi za kwanza',
    },
    list: { name: 'counties', coded: true },
    sensitive: false,
    mask: 'none',
    rule: onlyListed,
  },
  subCounty: {
    group: 'work',
    label: { en: 'Sub-county', sw: 'Kaunti ndogo' },
    sms: { en: ['SUBCOUNTY'], sw: ['KAUNTINDOGO'] },
    expects: {
      en: 'one in the county that is saved, as in Westlands',
      sw: 'iliyo katika kaunti iliyohifadhiwa, mfano Westlands',
    },
    list: { name: 'sub-counties', of: 'county' },
    sensitive: false,
    mask: 'none',
    rule: onlyListed,
  },
  kinName: {
    group: 'kin',
    label: { en: 'Name of kin', sw: 'Jina la jamaa' },
    sms: { en: ['KIN', 'NEXTOFKIN', 'KINNAME', 'NAMEOFKIN'], sw: ['JAMAA', 'JINALAJAMAA'] },
    expects: {
      en: `the full name of your next of kin, ${nameExpected.en}`,
      sw: `jina la jamaa wako, ${nameExpected.sw}`,
    },
    sensitive: true,
    mask: 'none',
    rule: personName,
  },
  kinPhone: {
    group: 'kin',
    label: { en: 'Phone of kin', sw: 'Simu ya jamaa' },
    sms: { en: ['KINPHONE', 'PHONEOFKIN'], sw: ['SIMUYAJAMAA', 'SIMU'] },
    expects: {
      en: 'a Kenyan mobile number, as in 0712345678',
      sw: 'nambari ya simu ya Kenya, mfano 0712345678',
    },
    sensitive: true,
    mask: 'tail',
    rule: phone,
  },
  kinRelationship: {
    group: 'kin',
    label: { en: 'Relationship', sw: 'Uhusiano' },
    sms: { en: ['RELATIONSHIP', 'RELATION'], sw: ['UHUSIANO'] },
    expects: { en: 'its first letters, as in Spouse', sw: 'herufi zake za kwanza, mfano Mzazi' },
    list: { name: 'relationships' },
    sensitive: true,
    mask: 'none',
    rule: onlyListed,
  },
} as const satisfies Readonly<Record<string, WrittenDetail>>;

export type DetailName = keyof typeof details;

const inAllLanguages = Object.fromEntries(
  Object.entries<WrittenDetail>(details).map(([name, detail]) => {
    const place = `profile.details.${name}`;
    const sms = inEveryLanguage(detail.sms, (pack) =>
      translated(pack, `${place}.sms`, detail.sms.en),
    );
    const [label, expects] = [
      named(`${place}.label`, detail.label),
      named(`${place}.expects`, detail.expects),
    ];
    return [name, { ...detail, label, sms, expects }];
  }),
) as unknown as Readonly<Record<DetailName, Detail>>;

/** All details in the order in which they are asked. */
export const detailNames = Object.keys(details) as readonly DetailName[];

/** The definition, with what is optional there for all. */
export function detailOf(name: DetailName): Detail {
  return inAllLanguages[name];
}

export function isDetailName(name: unknown): name is DetailName {
  return typeof name === 'string' && Object.hasOwn(details, name);
}

/** The detail by whose value the list of one is narrowed, or null. */
export function narrowedBy(name: DetailName): DetailName | null {
  const of = detailOf(name).list?.of;
  return isDetailName(of) ? of : null;
}

/** The detail that one hangs on: by whose value its list is narrowed, or whose number it is. */
export function parentOf(name: DetailName): DetailName | null {
  const { belongsTo } = detailOf(name);
  return narrowedBy(name) ?? (isDetailName(belongsTo) ? belongsTo : null);
}

/** The details that hang on this one. */
export function dependentsOf(name: DetailName): readonly DetailName[] {
  return detailNames.filter((one) => parentOf(one) === name);
}

/** The details of a group, in their order. */
export function detailsIn(group: Group): readonly DetailName[] {
  return detailNames.filter((name) => details[name].group === group);
}

/**
 * Whether somebody has meant to give a national ID, right or wrong, so that it counts as a try. With fewer or more
 * digits, such as a phone number, or with other words, such as another command, something else was typed.
 */
export function looksLikeNationalId(said: string): boolean {
  return /^\d{5,9}$/.test(bareNationalId(said));
}

/** A national ID without what people put before it and between its digits: `my ID is 12 345 678`. */
export function bareNationalId(said: string): string {
  return bare(
    said.replace(/^\s*(?:my\s+)?(?:id|kitambulisho)\b[\s:.=-]*(?:(?:is|ni)\b[\s:.=-]*)?/i, ''),
  );
}

import type { NeededWords } from './needed-words.js';

export const en = {
  service: 'Contracted professionals',
  owner: 'Kenya National Examinations Council',
  skip: 'Skip to the main content',
  languages: 'Language',
  menu: 'Menu',
  home: 'Home',
  register: 'Register',
  logIn: 'Log in',
  logOut: 'Log out',
  yourProfile: 'Your profile',
  privacy: 'Your data',
  warning: 'KNEC never asks for your password, by phone, SMS or e-mail.',
  faultTitle: 'Error: ',
  faultHeading: 'Please correct this',

  phone: 'Phone number',
  phoneHint: 'For example 0712 345 678',
  phoneAgain: 'Phone number again',
  password: 'Password',
  newPassword: 'New password',
  newPasswordAgain: 'New password again',

  faults: {
    phoneMissing: 'Enter your phone number',
    phoneUnreadable: 'Enter a Kenyan mobile number, such as 0712 345 678',
    phonesDiffer: 'The two phone numbers are not the same',
    passwordMissing: 'Enter your password',
    passwordWrong: 'This is not your present password',
    passwordsDiffer: 'The two passwords are not the same',
    ownPassword: {
      tooShort: 'Choose a password of 8 characters or more',
      tooLong: 'Choose a password of 128 characters or fewer',
      phoneNumber: 'Choose a password that is not your phone number',
      common: 'Many people use this password, so it is easy to guess. Choose another one',
      unchanged: 'Choose a password that is different from your present one',
    },
    languageUnknown: 'Choose one of the languages in the list',
  },

  homePage: {
    title: 'Register as a contracted professional',
    lead: 'For examiners, centre managers, supervisors, invigilators, security officers and drivers in national examinations. Any phone will do.',
    onPhone: 'On your phone',
    dial: 'Dial',
    text: 'or text',
    keyword: 'REGISTER',
    toShortCode: (code: string) => `to ${code}`,
    phoneNote: 'You need no internet, no e-mail and no smartphone.',
    onWeb: 'On this website',
    lostPassword: 'Get a new password',
    steps: 'How it works',
    stepList: [
      'Register with your own phone number.',
      'Your password comes by SMS. It works for 72 hours.',
      'Log in here and choose your own password.',
      'Fill in your profile, so that you can be engaged and paid.',
    ],
    simulator: 'This is a trial set-up with a simulated phone network.',
    openSimulator: 'Open the phone',
  },

  registerPage: {
    title: 'Register',
    lead: 'Use your own number: your password comes to it by SMS.',
    noticeHeading: 'What happens to your data',
    notice:
      'KNEC keeps your phone number, and the profile that you fill in later, to engage you, to reach you and to pay you. You may see, correct, copy or erase it.',
    noticeLink: 'Read all about your data and your rights',
    submit: 'I agree, register me',
    haveAccount: 'Registered already?',
  },
  registered: {
    title: 'You are registered',
    sent: (phone: string) => `Your password is on its way by SMS to ${phone}.`,
    next: 'When it comes, log in with it within 72 hours and choose your own password.',
    noSms: 'If no SMS comes within 5 minutes',
    noSmsHow: (code: string) =>
      `Dial ${code} on that phone. It tells you what went wrong, and sends you a new password if you want one.`,
  },
  alreadyRegistered: {
    title: 'This number is registered already',
    lead: (phone: string) => `There is an account for ${phone}, so nothing was changed.`,
    offer: 'If you have lost your password, get a new one by SMS. The old one stops working then.',
    submit: 'Send me a new password',
  },

  resetPage: {
    title: 'Get a new password',
    lead: 'A new password comes by SMS to the number that you registered with. The old one stops working, and you are logged out everywhere.',
    submit: 'Send me a new password',
    moved: (code: string) =>
      `Has your number changed? Dial ${code} from the new one and choose “My number changed”; where the new one is registered too, it is under “Help”.`,
  },
  silentNumber: {
    title: 'Is this number still yours?',
    lead: (phone: string) =>
      `We have not heard from ${phone} for six months or more. By then the network may have given a number to somebody else.`,
    mine: 'If it is yours, enter the national ID number in your profile. A new password then comes by SMS.',
    nationalId: 'National ID number',
    nationalIdHint: '6 to 9 digits',
    nationalIdUnreadable: 'Enter the 6 to 9 digits of your national ID number',
    nationalIdWrong: 'This is not the national ID number that we have',
    submit: 'Send me a new password',
    itIsMine: 'It is mine: get a new password',
    newHere: 'New on this number?',
    newHereHow: (code: string) =>
      `Dial ${code} on that phone and register. You see nothing of whoever had the number before, and they lose nothing.`,
  },
  registerAgain: {
    title: 'Please register this number again',
    lead: (phone: string) =>
      `We have not heard from ${phone} for six months or more, and have no national ID number to tell you by.`,
    how: (code: string) => `Dial ${code} on that phone to register.`,
  },
  notToday: {
    title: 'Not today any more',
    lead: 'The national ID number did not match three times. To keep the account safe, it is not asked again today. Please try tomorrow.',
  },
  resetDone: {
    title: 'Look at your SMS',
    sent: (phone: string) => `If ${phone} is registered, a new password is on its way by SMS.`,
    next: 'It works for 72 hours. Log in with it and choose your own.',
    noSms: 'If no SMS comes within 5 minutes',
    noSmsHow: (code: string) =>
      `Dial ${code} on that phone. It tells you what went wrong, or that the number is not registered.`,
  },
  resetRefused: {
    title: 'Too many new passwords for one day',
    lead: (phone: string) =>
      `We have sent several new passwords to ${phone} today. Please use the last one.`,
    again: (time: string, date: string) =>
      `You can get another one after ${time} (Kenyan time) on ${date}.`,
  },

  loginPage: {
    title: 'Log in',
    submit: 'Log in',
    wrong: 'The phone number or the password is not right',
    wrongHint:
      'Look at the number and the password once more. A password that came by SMS works for 72 hours; after that, get a new one.',
    stopped: 'Too many wrong tries',
    stoppedHow: (minutes: number, time: string) =>
      `To keep the account safe, nobody can log in with this number now. Try again in ${minutes} minutes, after ${time} (Kenyan time).`,
    loggedOut: 'You had been logged out',
    unsaved:
      'What you sent was not saved. Log in, and the same page opens for you to fill it in once more.',
    lost: 'Lost your password, or is it too old?',
    noAccount: 'Not registered yet?',
  },

  passwordPage: {
    title: 'Choose your own password',
    changeTitle: 'Change your password',
    forced: 'The password from the SMS has done its work. Choose one that only you know.',
    advice:
      'At least 8 characters. Three or four words that you remember are good and easy to type.',
    present: 'Present password',
    submit: 'Save the password',
    ends: 'You are then logged out on every other device.',
    saved: 'Your new password is saved.',
  },

  profile: {
    title: 'Your profile',
    whole: (given: number, all: number) => `${given} of ${all} details filled in`,
    wholeDone: 'Every detail is filled in. Keep them right: you are paid by them.',
    why: 'Wrong or missing details are why people are not paid. Fill in what you have at hand; the rest can wait.',
    fillIn: (group: string) => `Fill in: ${group}`,
    groups: 'The parts of your profile',
    state: (given: number, all: number) => `${given} of ${all}`,
    complete: 'Complete',
    missing: (details: string) => `Missing: ${details}`,
    account: 'Your account',
    phone: 'Phone number',
    memberSince: 'Registered since',
    password: 'Password',
    changePassword: 'Change password',
    data: 'Your data',
    dataLink: 'Copy or erase',
    language: 'Language of our messages, calls and pages',
    saveLanguage: 'Save the language',
    languageSaved: 'Your language is saved.',
    groupSaved: (group: string) => `${group}: saved.`,
  },

  group: {
    choose: 'Choose one',
    present: (masked: string) => `We have ${masked}. Leave this empty to keep it.`,
    presentWith: (masked: string, parentLabel: string) =>
      `We have ${masked}. Leave this empty to keep it; with another ${parentLabel}, give it again.`,
    presentHidden: 'We have one. Leave this empty to keep it.',
    orTyped: (names: string) => `For example ${names}; or type another one`,
    faulty: (expects: string) => `Please write ${expects}`,
    chooseFromList: 'Please choose one from the list',
    whichOne: (names: string) => `Which one do you mean: ${names}?`,
    elsewhere: (parent: string) => `Please choose one of ${parent}`,
    meanwhile: (now: string) =>
      `This was changed after you opened the page, to ${now}. To put yours in its place, save again`,
    parentMeanwhile: (changed: string) =>
      `${changed} was changed after you opened the page. See whether this goes with it, and save again`,
    keepIt: 'Yes, keep it',
    ofParent: (parent: string, parentLabel: string) =>
      `Of ${parent}. For another ${parentLabel}, change that and save: these then follow it.`,
    givesParent: (parentLabel: string) =>
      `Listed by ${parentLabel}. To choose here is enough: the ${parentLabel} follows.`,
    restSaved: 'Everything else is saved.',
    identity: 'Your national ID number',
    identityHint:
      'Needed only to change what we have above. We compare it with the one in your profile.',
    identityFaults: {
      payout: {
        missing: 'To change where your money goes, enter the national ID number in your profile',
        wrong: 'This is not the national ID number in your profile. Your bank is not changed',
        stopped:
          'The national ID number was wrong three times today. Your bank can be changed tomorrow',
      },
      nationalId: {
        missing: 'To change your national ID number, enter the one in your profile',
        wrong: 'This is not the national ID number in your profile. It is not changed',
        stopped: 'The national ID number was wrong three times today. It can be changed tomorrow',
      },
    },
    shared: (detail: string) =>
      `${detail}: this number is on another account as well. We kept yours; KNEC will look into it.`,
    again: (parent: string, detail: string) =>
      `${parent}: saved. Now fill in this once more: ${detail}.`,
    submit: 'Save',
    back: 'Back to your profile',
  },

  dataPage: {
    title: 'See, copy or erase your data',
    kept: 'What is kept',
    number: (phone: string) => `Your phone number, ${phone}, and that it has an account.`,
    details: (given: number, all: number) => `${given} of the ${all} details of your profile.`,
    changes: 'When, how and from what to what each of them was changed.',
    messages: 'Which screens you went through and whether each SMS arrived, but not what it said.',
    notice: 'Why it is kept, and your rights',
    copy: 'A copy',
    copyHow:
      'One file with all of it, in a form that other programs can read (JSON). Your numbers are in it in full: keep it where only you can open it.',
    copyButton: 'Download the copy',
    erase: 'Erasing it',
    eraseHow: 'Your details go and your account is closed.',
    eraseButton: 'Erase my data',
  },
  erasePage: {
    title: 'Erase your data?',
    lead: (phone: string) => `This closes the account of ${phone}. Nobody can undo it.`,
    consequences: [
      'All your details and every record of their changes are erased.',
      'You cannot be engaged or paid with them any more.',
      'You are logged out everywhere, and your password stops working.',
      'Only that an account was erased, and when, is kept; not whose it was.',
    ],
    copyFirst: 'Download a copy first',
    password: 'Your password, to confirm',
    submit: 'Erase everything',
    back: 'No, keep my data',
  },
  erasedPage: {
    title: 'Your data is erased',
    lead: 'Your details are gone and your account is closed.',
    again: 'If you want to work in national examinations again, you can register at any time.',
  },

  privacyPage: {
    title: 'Your data and your rights',
    lead: 'This notice is given under the Kenya Data Protection Act, 2019.',
    sections: [
      {
        heading: 'Who keeps your data, and why',
        paragraphs: [
          'The Kenya National Examinations Council (KNEC) keeps it: to engage you for work in national examinations, to reach you, and to pay you. It is used for nothing else, and it is not sold.',
          'The mobile network and the company that carries our calls and SMS see your number and what is sent to it.',
        ],
      },
      {
        heading: 'What is kept',
        paragraphs: [
          'Your phone number, your language, the profile that you fill in and how it was changed, and when and how you registered. What must not be seen, such as your ID and account numbers, is encrypted.',
          'Which screens you went through, but not what you typed. Whether an SMS arrived; its text is deleted as soon as it has been sent.',
          'Your password only in a form that nobody can read.',
          'When you log in on this website, a cookie that ends after 8 hours or when you log out; and one for your choice of language. There are no others, and nobody follows you.',
        ],
      },
      {
        heading: 'How long',
        paragraphs: [
          'As long as you may be engaged or paid, and as long afterwards as the law asks for records of payment.',
        ],
      },
      {
        heading: 'Your rights',
        paragraphs: [
          'You may see your data, have it corrected or erased, have a copy to take with you, object to its use, and take back your consent. When you are logged in, your profile lets you see, correct, copy and erase it yourself; for anything else, ask KNEC.',
          'If you are not content with the answer, complain to the Office of the Data Protection Commissioner.',
        ],
      },
      {
        heading: 'When you send STOP',
        paragraphs: [
          'Text STOP to our number, and we send you only what you ask for. Text START to undo it.',
        ],
      },
    ],
  },

  errors: {
    badRequest: {
      title: 'This form could not be read',
      text: 'Something was missing, or was there twice. Please go back, load the page again and fill it in once more.',
    },
    forbidden: {
      title: 'This request was refused',
      text: 'It did not come from a page of ours, or the page was too old. If it was you, load the page again and try once more.',
    },
    notFound: {
      title: 'There is no such page',
      text: 'Please look at the address again, or start from the home page.',
    },
    tooLarge: {
      title: 'That was too much',
      text: 'What was sent is far larger than our forms. Please go back and fill it in once more.',
    },
    notAForm: {
      title: 'This is not a form',
      text: 'Only the forms on our pages are taken here.',
    },
    failed: {
      title: 'Sorry, something went wrong here',
      text: 'It is our fault, not yours. Please try again in a few minutes, or dial us.',
    },
    toHome: 'Go to the home page',
  },
} satisfies NeededWords;

/** The words of every page, in the shape that English gives them: a missing one does not compile. */
export type Words = typeof en;

import type { Words } from './en.js';

export const sw: Words = {
  service: 'Wataalamu wa mkataba',
  owner: 'Baraza la Kitaifa la Mitihani la Kenya',
  skip: 'Nenda moja kwa moja kwa maudhui',
  languages: 'Lugha',
  menu: 'Menyu',
  home: 'Mwanzo',
  register: 'Jisajili',
  logIn: 'Ingia',
  logOut: 'Ondoka',
  yourProfile: 'Wasifu wako',
  privacy: 'Data yako',
  warning: 'KNEC haiulizi nenosiri lako kamwe, iwe kwa simu, SMS au barua pepe.',
  faultTitle: 'Kosa: ',
  faultHeading: 'Tafadhali rekebisha hili',

  phone: 'Nambari ya simu',
  phoneHint: 'Kwa mfano 0712 345 678',
  phoneAgain: 'Nambari ya simu tena',
  password: 'Nenosiri',
  newPassword: 'Nenosiri jipya',
  newPasswordAgain: 'Nenosiri jipya tena',

  faults: {
    phoneMissing: 'Andika nambari yako ya simu',
    phoneUnreadable: 'Andika nambari ya simu ya mkononi ya Kenya, kama 0712 345 678',
    phonesDiffer: 'Nambari hizo mbili za simu hazilingani',
    passwordMissing: 'Andika nenosiri lako',
    passwordWrong: 'Hili silo nenosiri lako la sasa',
    passwordsDiffer: 'Manenosiri hayo mawili hayalingani',
    ownPassword: {
      tooShort: 'Chagua nenosiri lenye herufi 8 au zaidi',
      tooLong: 'Chagua nenosiri lenye herufi zisizozidi 128',
      phoneNumber: 'Chagua nenosiri ambalo si nambari yako ya simu',
      common: 'Watu wengi hutumia nenosiri hili, kwa hivyo ni rahisi kukisiwa. Chagua lingine',
      unchanged: 'Chagua nenosiri tofauti na lile la sasa',
    },
    languageUnknown: 'Chagua lugha mojawapo iliyo kwenye orodha',
  },

  homePage: {
    title: 'Jisajili kama mtaalamu wa mkataba',
    lead: 'Kwa watahini, wasimamizi wa vituo, wasimamizi wa mitihani, maafisa wa usalama na madereva katika mitihani ya kitaifa. Simu yoyote inatosha.',
    onPhone: 'Kwa simu yako',
    dial: 'Piga',
    text: 'au tuma SMS',
    keyword: 'JISAJILI',
    toShortCode: (code) => `kwa ${code}`,
    phoneNote: 'Huhitaji intaneti, barua pepe wala simu ya kisasa.',
    onWeb: 'Kwenye tovuti hii',
    lostPassword: 'Pata nenosiri jipya',
    steps: 'Hatua za kufuata',
    stepList: [
      'Jisajili kwa nambari yako mwenyewe ya simu.',
      'Nenosiri lako litakuja kwa SMS. Litafanya kazi kwa saa 72.',
      'Ingia hapa kisha uchague nenosiri lako mwenyewe.',
      'Jaza wasifu wako ili uweze kupewa kazi na kulipwa.',
    ],
    simulator: 'Huu ni mfumo wa majaribio wenye mtandao wa simu wa kuigiza.',
    openSimulator: 'Fungua simu',
  },

  registerPage: {
    title: 'Jisajili',
    lead: 'Tumia nambari yako mwenyewe: nenosiri litatumwa kwa nambari hiyo kwa SMS.',
    noticeHeading: 'Data yako itatumiwaje',
    notice:
      'KNEC huhifadhi nambari yako ya simu, na wasifu utakaojaza baadaye, ili ikupe kazi, iwasiliane nawe na ikulipe. Unaweza kuiona, kuirekebisha, kupata nakala yake au kuifuta.',
    noticeLink: 'Soma zaidi kuhusu data yako na haki zako',
    submit: 'Nakubali, nisajili',
    haveAccount: 'Umeshajisajili?',
  },
  registered: {
    title: 'Umesajiliwa',
    sent: (phone) => `Nenosiri lako linatumwa kwa SMS kwa ${phone}.`,
    next: 'Likifika, ingia nalo kabla ya saa 72 kuisha, kisha uchague nenosiri lako mwenyewe.',
    noSms: 'Usipopata SMS baada ya dakika 5',
    noSmsHow: (code) =>
      `Piga ${code} kwa simu hiyo. Utaelezwa kilichotokea, na utatumiwa nenosiri jipya ukitaka.`,
  },
  alreadyRegistered: {
    title: 'Nambari hii imeshasajiliwa',
    lead: (phone) => `Tayari kuna akaunti ya ${phone}, kwa hivyo hakuna kilichobadilishwa.`,
    offer:
      'Ikiwa umepoteza nenosiri lako, pata jipya kwa SMS. La zamani litaacha kufanya kazi hapo.',
    submit: 'Nitumie nenosiri jipya',
  },

  resetPage: {
    title: 'Pata nenosiri jipya',
    lead: 'Nenosiri jipya litatumwa kwa SMS kwa nambari uliyojisajili nayo. La zamani litaacha kufanya kazi, na utaondolewa kwenye kila kifaa ulichoingia.',
    submit: 'Nitumie nenosiri jipya',
    moved: (code) =>
      `Nambari yako imebadilika? Piga ${code} kwa nambari mpya uchague “Nambari imebadilika”; ikiwa nambari mpya imesajiliwa pia, iko chini ya “Msaada”.`,
  },
  silentNumber: {
    title: 'Je, nambari hii bado ni yako?',
    lead: (phone) =>
      `Hatujasikia kutoka ${phone} kwa miezi sita au zaidi. Kufikia hapo huenda mtandao umempa mtu mwingine nambari.`,
    mine: 'Ikiwa ni yako, andika nambari ya kitambulisho iliyo kwenye wasifu wako. Kisha nenosiri jipya litakuja kwa SMS.',
    nationalId: 'Nambari ya kitambulisho',
    nationalIdHint: 'Tarakimu 6 hadi 9',
    nationalIdUnreadable: 'Andika tarakimu 6 hadi 9 za nambari ya kitambulisho chako',
    nationalIdWrong: 'Hii siyo nambari ya kitambulisho tuliyo nayo',
    submit: 'Nitumie nenosiri jipya',
    itIsMine: 'Ni yangu: pata nenosiri jipya',
    newHere: 'Nambari hii ni mpya kwako?',
    newHereHow: (code) =>
      `Piga ${code} kwa simu hiyo ujisajili. Hutaona chochote cha aliyekuwa na nambari hii, naye hapotezi chochote.`,
  },
  registerAgain: {
    title: 'Tafadhali sajili nambari hii tena',
    lead: (phone) =>
      `Hatujasikia kutoka ${phone} kwa miezi sita au zaidi, na hatuna nambari ya kitambulisho ya kukutambua.`,
    how: (code) => `Piga ${code} kwa simu hiyo ujisajili.`,
  },
  notToday: {
    title: 'Leo haiwezekani tena',
    lead: 'Nambari ya kitambulisho haikulingana mara tatu. Ili kulinda akaunti, haiulizwi tena leo. Tafadhali jaribu kesho.',
  },
  resetDone: {
    title: 'Angalia SMS zako',
    sent: (phone) => `Ikiwa ${phone} imesajiliwa, nenosiri jipya linatumwa kwa SMS.`,
    next: 'Litafanya kazi kwa saa 72. Ingia nalo kisha uchague lako mwenyewe.',
    noSms: 'Usipopata SMS baada ya dakika 5',
    noSmsHow: (code) =>
      `Piga ${code} kwa simu hiyo. Utaelezwa kilichotokea, au kwamba nambari haijasajiliwa.`,
  },
  resetRefused: {
    title: 'Manenosiri mapya yamekuwa mengi kwa siku moja',
    lead: (phone) =>
      `Tumetuma manenosiri mapya kadhaa kwa ${phone} leo. Tafadhali tumia la mwisho.`,
    again: (time, date) => `Unaweza kupata lingine tarehe ${date}, saa ya simu ikipita ${time}.`,
  },

  loginPage: {
    title: 'Ingia',
    submit: 'Ingia',
    wrong: 'Nambari ya simu au nenosiri si sahihi',
    wrongHint:
      'Angalia nambari na nenosiri tena. Nenosiri lililotumwa kwa SMS hufanya kazi kwa saa 72; baada ya hapo, pata jipya.',
    stopped: 'Umekosea mara nyingi mno',
    stoppedHow: (minutes, time) =>
      `Ili kulinda akaunti, hakuna anayeweza kuingia kwa nambari hii sasa. Jaribu tena baada ya dakika ${minutes}, saa ya simu ikipita ${time}.`,
    loggedOut: 'Ulikuwa umeshatoka kwenye akaunti yako',
    unsaved: 'Ulichotuma hakikuhifadhiwa. Ingia, na ukurasa ule ule utafunguka ili uujaze tena.',
    lost: 'Umepoteza nenosiri, au muda wake umeisha?',
    noAccount: 'Hujajisajili bado?',
  },

  passwordPage: {
    title: 'Chagua nenosiri lako mwenyewe',
    changeTitle: 'Badilisha nenosiri lako',
    forced: 'Nenosiri la SMS limemaliza kazi yake. Chagua moja ambalo ni wewe tu unalijua.',
    advice:
      'Angalau herufi 8. Maneno matatu au manne ambayo utayakumbuka ni mazuri na rahisi kuandika.',
    present: 'Nenosiri la sasa',
    submit: 'Hifadhi nenosiri',
    ends: 'Kisha utaondolewa kwenye vifaa vingine vyote ulivyoingia.',
    saved: 'Nenosiri lako jipya limehifadhiwa.',
  },

  profile: {
    title: 'Wasifu wako',
    whole: (given, all) => `Maelezo ${given} kati ya ${all} yamejazwa`,
    wholeDone: 'Maelezo yote yamejazwa. Hakikisha ni sahihi: ndiyo hutumika kukulipa.',
    why: 'Maelezo yenye makosa au yanayokosekana ndiyo huwafanya watu wasilipwe. Jaza uliyo nayo sasa; mengine yanaweza kungoja.',
    fillIn: (group) => `Jaza: ${group}`,
    groups: 'Sehemu za wasifu wako',
    state: (given, all) => `${given} kati ya ${all}`,
    complete: 'Imekamilika',
    missing: (details) => `Hayapo: ${details}`,
    account: 'Akaunti yako',
    phone: 'Nambari ya simu',
    memberSince: 'Umesajiliwa tangu',
    password: 'Nenosiri',
    changePassword: 'Badilisha nenosiri',
    data: 'Data yako',
    dataLink: 'Nakili au futa',
    language: 'Lugha ya ujumbe, simu na kurasa zetu',
    saveLanguage: 'Hifadhi lugha',
    languageSaved: 'Lugha yako imehifadhiwa.',
    groupSaved: (group) => `${group}: imehifadhiwa.`,
  },

  group: {
    choose: 'Chagua moja',
    present: (masked) => `Tunayo ${masked}. Acha wazi ili ibaki hivyo.`,
    presentWith: (masked, parentLabel) =>
      `Tunayo ${masked}. Acha wazi ili ibaki hivyo; ukibadilisha ${parentLabel}, iandike tena.`,
    presentHidden: 'Tunayo tayari. Acha wazi ili ibaki hivyo.',
    orTyped: (names) => `Kwa mfano ${names}; au andika jibu lako mwenyewe`,
    faulty: (expects) => `Tafadhali andika ${expects}`,
    chooseFromList: 'Tafadhali chagua moja kwenye orodha',
    whichOne: (names) => `Unamaanisha ipi: ${names}?`,
    elsewhere: (parent) => `Tafadhali chagua iliyo ya ${parent}`,
    meanwhile: (now) =>
      `Hii ilibadilishwa baada ya wewe kufungua ukurasa, ikawa ${now}. Ili kuweka yako badala yake, hifadhi tena`,
    parentMeanwhile: (changed) =>
      `${changed}: ilibadilishwa baada ya wewe kufungua ukurasa. Angalia kama hii inalingana nayo, kisha uhifadhi tena`,
    keepIt: 'Ndiyo, iache hivyo',
    ofParent: (parent, parentLabel) =>
      `Za ${parent}. Kwa ${parentLabel} nyingine, badilisha hiyo kisha uhifadhi: orodha hii itaifuata.`,
    givesParent: (parentLabel) =>
      `Zimepangwa kwa ${parentLabel}. Ukichagua hapa inatosha: ${parentLabel} itajazwa yenyewe.`,
    restSaved: 'Mengine yote yamehifadhiwa.',
    identity: 'Nambari yako ya kitambulisho',
    identityHint:
      'Inahitajika tu kubadilisha yaliyojazwa hapo juu. Tunailinganisha na iliyo kwenye wasifu wako.',
    identityFaults: {
      payout: {
        missing:
          'Ili kubadilisha zinakoenda pesa zako, andika nambari ya kitambulisho iliyo kwenye wasifu wako',
        wrong:
          'Hii siyo nambari ya kitambulisho iliyo kwenye wasifu wako. Benki yako haijabadilishwa',
        stopped:
          'Nambari ya kitambulisho imekosewa mara tatu leo. Benki yako inaweza kubadilishwa kesho',
      },
      nationalId: {
        missing: 'Ili kubadilisha nambari yako ya kitambulisho, andika iliyo kwenye wasifu wako',
        wrong: 'Hii siyo nambari ya kitambulisho iliyo kwenye wasifu wako. Haijabadilishwa',
        stopped: 'Nambari ya kitambulisho imekosewa mara tatu leo. Inaweza kubadilishwa kesho',
      },
    },
    shared: (detail) =>
      `${detail}: nambari hii iko pia kwenye akaunti nyingine. Tumeihifadhi yako; KNEC italichunguza jambo hili.`,
    again: (parent, detail) => `${parent}: imehifadhiwa. Sasa jaza hii tena: ${detail}.`,
    submit: 'Hifadhi',
    back: 'Rudi kwa wasifu wako',
  },

  dataPage: {
    title: 'Ona, nakili au futa data yako',
    kept: 'Kinachohifadhiwa',
    number: (phone) => `Nambari yako ya simu, ${phone}, na kwamba ina akaunti.`,
    details: (given, all) => `Maelezo ${given} kati ya ${all} ya wasifu wako.`,
    changes: 'Ni lini, kwa njia gani, na kutoka nini hadi nini kila moja lilibadilishwa.',
    messages: 'Kurasa za simu ulizopitia na kama kila SMS ilifika, lakini si ilichosema.',
    notice: 'Kwa nini inahifadhiwa, na haki zako',
    copy: 'Nakala',
    copyHow:
      'Faili moja yenye data yote, kwa namna ambayo programu nyingine zinaweza kuisoma (JSON). Nambari zako zimo zote bila kufichwa: ihifadhi mahali ambapo ni wewe tu unaweza kuifungua.',
    copyButton: 'Pakua nakala',
    erase: 'Kuifuta',
    eraseHow: 'Maelezo yako yatafutwa na akaunti yako itafungwa.',
    eraseButton: 'Futa data yangu',
  },
  erasePage: {
    title: 'Ufute data yako?',
    lead: (phone) => `Hii itafunga akaunti ya ${phone}. Hakuna anayeweza kuirejesha.`,
    consequences: [
      'Maelezo yako yote na kumbukumbu za kila badiliko yatafutwa.',
      'Hutaweza tena kupewa kazi wala kulipwa kwa maelezo hayo.',
      'Utaondolewa kwenye kila kifaa, na nenosiri lako litaacha kufanya kazi.',
      'Kitakachobaki ni kwamba akaunti ilifutwa, na lini; si ilikuwa ya nani.',
    ],
    copyFirst: 'Pakua nakala kwanza',
    password: 'Nenosiri lako, ili kuthibitisha',
    submit: 'Futa kila kitu',
    back: 'Hapana, hifadhi data yangu',
  },
  erasedPage: {
    title: 'Data yako imefutwa',
    lead: 'Maelezo yako yamefutwa na akaunti yako imefungwa.',
    again:
      'Ukitaka kufanya kazi katika mitihani ya kitaifa tena, unaweza kujisajili wakati wowote.',
  },

  privacyPage: {
    title: 'Data yako na haki zako',
    lead: 'Ilani hii inatolewa chini ya Sheria ya Kenya ya Ulinzi wa Data ya mwaka 2019.',
    sections: [
      {
        heading: 'Nani anahifadhi data yako, na kwa nini',
        paragraphs: [
          'Baraza la Kitaifa la Mitihani la Kenya (KNEC) ndilo linaloihifadhi: ili likupe kazi katika mitihani ya kitaifa, liwasiliane nawe na likulipe. Haitumiwi kwa jambo lingine lolote, wala haiuzwi.',
          'Mtandao wa simu na kampuni inayosafirisha simu na SMS zetu huona nambari yako na kinachotumwa kwa nambari hiyo.',
        ],
      },
      {
        heading: 'Nini huhifadhiwa',
        paragraphs: [
          'Nambari yako ya simu, lugha yako, wasifu unaojaza na jinsi ulivyobadilishwa, na ni lini na kwa njia gani ulijisajili. Yasiyopaswa kuonekana, kama nambari za kitambulisho na akaunti, husimbwa kwa njia fiche.',
          'Kurasa za simu ulizopitia, lakini si ulichoandika. Kama SMS ilifika; maandishi yake hufutwa punde tu inapotumwa.',
          'Nenosiri lako kwa namna ambayo hakuna anayeweza kulisoma.',
          'Ukiingia kwenye tovuti hii, kidakuzi (cookie) kinachoisha baada ya saa 8 au unapoondoka; na kingine cha lugha uliyochagua. Hakuna vingine, na hakuna anayekufuatilia.',
        ],
      },
      {
        heading: 'Kwa muda gani',
        paragraphs: [
          'Kwa muda wote unaoweza kupewa kazi au kulipwa, na baada ya hapo kwa muda ambao sheria inataka kumbukumbu za malipo zihifadhiwe.',
        ],
      },
      {
        heading: 'Haki zako',
        paragraphs: [
          'Unaweza kuona data yako, kuomba irekebishwe au ifutwe, kupata nakala ya kwenda nayo, kupinga inavyotumiwa, na kuondoa idhini yako. Ukiwa umeingia, wasifu wako hukuwezesha kuiona, kuirekebisha, kuinakili na kuifuta mwenyewe; kwa mengine, wasiliana na KNEC.',
          'Usiporidhika na jibu, wasilisha malalamiko kwa Ofisi ya Kamishna wa Ulinzi wa Data.',
        ],
      },
      {
        heading: 'Ukituma ONDOKA',
        paragraphs: [
          'Tuma ONDOKA kwa nambari yetu, nasi tutakutumia tu unachoomba. Tuma ANZA ili kurejesha.',
        ],
      },
    ],
  },

  errors: {
    badRequest: {
      title: 'Fomu hii haikusomeka',
      text: 'Kitu fulani kilikosekana, au kilikuwepo mara mbili. Tafadhali rudi, fungua ukurasa upya na ujaze tena.',
    },
    forbidden: {
      title: 'Ombi hili limekataliwa',
      text: 'Halikutoka kwenye ukurasa wetu, au ukurasa ulikuwa wa zamani. Ikiwa ni wewe, fungua ukurasa upya na ujaribu tena.',
    },
    notFound: {
      title: 'Hakuna ukurasa kama huu',
      text: 'Tafadhali angalia anwani tena, au anza kwenye ukurasa wa mwanzo.',
    },
    tooLarge: {
      title: 'Hiyo ni nyingi mno',
      text: 'Kilichotumwa ni kikubwa kuliko fomu zetu. Tafadhali rudi na ujaze tena.',
    },
    notAForm: {
      title: 'Hii si fomu',
      text: 'Hapa tunapokea fomu za kurasa zetu pekee.',
    },
    failed: {
      title: 'Samahani, kuna hitilafu upande wetu',
      text: 'Ni kosa letu, si lako. Tafadhali jaribu tena baada ya dakika chache, au tupigie.',
    },
    toHome: 'Nenda kwenye ukurasa wa mwanzo',
  },
};

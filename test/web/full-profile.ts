import type { Group } from '../../src/profile/detail.js';

/** Every field of every group's form as it is sent, filled in rightly, and none as in the examples on the pages. */
export const fullProfile = {
  personal: {
    fullName: 'Wanjiku Achieng Otieno',
    yearOfBirth: '1985',
    gender: 'female',
    nationalId: '23456781',
    kraPin: 'A098765432B',
    nssf: '2098765432',
    sha: 'CR7654321-8',
    email: 'wanjiku@example.com',
  },
  bank: { bank: '68', branch: 'Kisumu', account: '0987654321098' },
  qualification: {
    level: 'bachelors',
    college: 'Moi University',
    course: 'Education Arts',
    studied: '2005-2009',
  },
  work: {
    employer: 'tsc',
    employmentNumber: '456123',
    workplace: 'Kisumu Girls High School',
    designation: 'Teacher',
    yearStarted: '2010',
    county: '42',
    subCounty: '253',
  },
  kin: { kinName: 'Otieno Ochieng', kinPhone: '0722000111', kinRelationship: 'spouse' },
} as const satisfies Record<Group, Readonly<Record<string, string>>>;

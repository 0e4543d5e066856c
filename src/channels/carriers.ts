import { arkesel } from './arkesel/wire.js';
import { hubtel } from './hubtel/wire.js';
import { madapi } from './madapi/wire.js';
import { moolre } from './moolre/wire.js';
import { type DeclaredWire, type WireDeclaration, wireDeclaration } from './wires/declaration.js';

const declared: readonly WireDeclaration[] = [arkesel, hubtel, madapi, moolre];

/** The carriers whose USSD can be opened by name. Africa's Talking's needs none: it is open unless a message centre stands alone. */
export const ussdWires: ReadonlyMap<string, DeclaredWire> = new Map(
  declared.map((wire) => [wire.name, wireDeclaration.parse(wire)]),
);

/** The carriers that send and receive SMS; one of them does. */
export const smsCarriers = ['africastalking', 'smpp'] as const;

export type SmsCarrier = (typeof smsCarriers)[number];

/** Names that an operator's own wire may not have: they are somebody else's, in paths or in records. */
export const takenNames: readonly string[] = [
  ...ussdWires.keys(),
  ...smsCarriers,
  'simulator',
  'web',
];

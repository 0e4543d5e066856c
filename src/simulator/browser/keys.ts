import type { ScreenKind } from './protocol.js';

/** What a press can do. */
export type Press =
  | 'dial'
  | 'dialService'
  | 'writeService'
  | 'reply'
  | 'erase'
  | 'eraseAll'
  | 'hangUp'
  | 'read'
  | 'older'
  | 'closeMessage';

export type Keys = {
  readonly left: Labelled | null;
  readonly right: Labelled | null;
  readonly ok: Press | null;
  readonly call: Press | null;
  readonly end: Press | null;
  /** Whether there is something to write. */
  readonly entry: boolean;
};

type Labelled = { readonly label: string; readonly press: Press };

export type Situation = {
  readonly screen: ScreenKind;
  readonly switchedOff: boolean;
  /** A message is open on the screen. */
  readonly reading: boolean;
  readonly hasMessages: boolean;
  readonly hasOlder: boolean;
  readonly written: boolean;
};

const dead: Keys = { left: null, right: null, ok: null, call: null, end: null, entry: false };

/** What the keys of a handset mean, as the labels above the soft keys say. */
export function keysFor(situation: Situation): Keys {
  const { screen, written } = situation;
  if (situation.switchedOff) return dead;
  if (situation.reading) return keysWhileReading(situation.hasOlder);
  switch (screen) {
    case 'idle':
      return written ? keysWhileDialling : keysAtRest(situation.hasMessages);
    case 'waiting':
      return { ...dead, right: { label: 'Cancel', press: 'hangUp' }, end: 'hangUp' };
    case 'menu':
      return {
        left: { label: 'Send', press: 'reply' },
        right: written ? erase : { label: 'Cancel', press: 'hangUp' },
        ok: 'reply',
        call: 'reply',
        end: 'hangUp',
        entry: true,
      };
    case 'ended':
    case 'fault':
    case 'notice':
      return {
        ...dead,
        left: { label: 'OK', press: 'hangUp' },
        right: { label: 'Dial again', press: 'dialService' },
        ok: 'hangUp',
        call: 'dialService',
        end: 'hangUp',
      };
  }
}

const erase: Labelled = { label: 'Clear', press: 'erase' };

const keysWhileDialling: Keys = {
  left: { label: 'Call', press: 'dial' },
  right: erase,
  ok: 'dial',
  call: 'dial',
  end: 'eraseAll',
  entry: true,
};

function keysAtRest(hasMessages: boolean): Keys {
  return {
    left: hasMessages ? { label: 'Messages', press: 'read' } : null,
    right: { label: 'Dial', press: 'dialService' },
    ok: hasMessages ? 'read' : 'writeService',
    call: 'writeService',
    end: null,
    entry: true,
  };
}

function keysWhileReading(hasOlder: boolean): Keys {
  return {
    ...dead,
    left: hasOlder ? { label: 'Older', press: 'older' } : null,
    right: { label: 'Back', press: 'closeMessage' },
    ok: hasOlder ? 'older' : 'closeMessage',
    end: 'closeMessage',
  };
}

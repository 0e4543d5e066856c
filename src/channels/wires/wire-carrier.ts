import type { Carrier } from '../channel.js';
import { createDoor, type WebhookOptions } from '../webhooks/door.js';
import { serveUssd } from '../webhooks/ussd.js';
import type { DeclaredWire } from './declaration.js';
import { declaredWire } from './declared-wire.js';

/** A carrier that does USSD alone, on a declared wire, at `/<name>/:secret/ussd`. */
export function createWireCarrier(
  wire: DeclaredWire,
  options: WebhookOptions,
): Required<Pick<Carrier, 'name' | 'webhooks'>> {
  return {
    name: wire.name,
    webhooks(listeners) {
      const door = createDoor(wire.name, options);
      serveUssd(door, declaredWire(wire), listeners, options);
      return door.routes;
    },
  };
}

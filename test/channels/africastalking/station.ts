import { createAfricasTalking } from '../../../src/channels/africastalking/index.js';
import { openStation, type Station, type StationOptions } from '../station.js';

/** Africa's Talking's station; `unknownWords` are those of its delivery reports. */
export async function startStation(
  listeners: StationOptions['listeners'] = {},
  options: Omit<StationOptions, 'listeners'> = {},
): Promise<Station & { readonly unknownWords: string[] }> {
  const unknownWords: string[] = [];
  const sms = { username: 'test', apiKey: 'unused', baseUrl: null, senderId: null, timeoutMs: 1 };
  const station = await openStation(
    (webhooks) =>
      createAfricasTalking({
        ...webhooks,
        sms,
        onUnknownWord: (word) => unknownWords.push(word),
      }),
    { listeners, ...options },
  );
  return { ...station, unknownWords };
}

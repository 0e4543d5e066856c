import { createDialogue } from '../dialogue/dialogue.js';
import { loadFlows } from '../flows.js';
import { countCalls } from '../funnel/count.js';
import { createNames } from '../funnel/names.js';
import { readFunnel } from '../funnel/read.js';
import { scopeOf } from '../funnel/scope.js';
import { funnelTable } from '../funnel/table.js';
import { type Command, Refusal, readArguments, UsageError } from './command.js';

/** Shows what callers do: how many start, get how far, give up where and at what cost. */
export const funnel: Command = {
  usage: 'npm run funnel [-- --days 7 --flow FLOW --channel ussd|sms|web --language en|sw]',
  async run({ args, withTools, now, print }) {
    const { words, options } = readArguments(args, [], ['days', 'flow', 'channel', 'language']);
    const { days = null, flow = null, channel = null, language = null } = options;
    const scope = scopeOf({ days, channel, language }, now());
    if (scope === null || words.length > 0) throw new UsageError();
    const dialogue = createDialogue(await loadFlows());
    if (flow !== null && !dialogue.flows.has(flow)) {
      throw new Refusal(
        `There is no flow ${flow}. There are ${[...dialogue.flows.keys()].join(', ')}.`,
      );
    }
    const found = await withTools(async ({ db }) => {
      const stopping = new AbortController().signal;
      await countCalls(db, now(), { pause: async () => {}, stopping });
      return readFunnel(db, scope);
    });
    const flows = found.flows.filter((one) => flow === null || one.flow === flow);
    for (const line of funnelTable({ ...found, flows }, createNames(dialogue))) print(line);
  },
};

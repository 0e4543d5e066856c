import { languageName, type Names } from '../names.js';
import { answersTo, type FlowFunnel } from '../read.js';
import { costPerTask, percent, whole } from '../say.js';
import { Bar } from './bars.js';
import { type Step, Steps } from './steps.js';

/** Fewer answers than this say nothing about a question. */
const TELLING = 10;

/** What callers do in a flow. */
export function FlowCard({ flow, names }: { flow: FlowFunnel; names: Names }) {
  const { started, finished, gaveUp, cutOff } = flow;
  const hasTask = names.hasTask(flow.flow);
  const asking = new Set(flow.questions.map(({ state }) => state));
  const steps: Step[] = inOrder(flow, names).map((screen) => ({
    key: screen.state,
    name: capital(names.screen(screen.state)),
    // Of a state that asks for many things, no one screen stands for all.
    sample: asking.has(screen.state) ? '' : names.sample(flow.flow, screen.state),
    ends: names.isEnd(flow.flow, screen.state),
    screen,
  }));
  const questions: Step[] = flow.questions.map((screen) => ({
    key: `${screen.state} ${screen.topic}`,
    name: names.topic(screen.topic),
    sample: names.screen(screen.state),
    ends: false,
    screen,
  }));
  return (
    <section class="flow" id={flow.flow}>
      <header>
        <h2>
          {names.flow(flow.flow)} <small>{flow.flow}</small>
        </h2>
        <dl class="figures">
          <Figure name="calls" value={whole(started)} />
          {hasTask && <Figure name="finished" value={percent(finished, started)} good />}
          <Figure name="gave up" value={percent(gaveUp, started)} bad={gaveUp > 0} />
          {cutOff > 0 && <Figure name="cut off" value={percent(cutOff, started)} />}
          {hasTask && <Figure name="a finished one costs" value={costPerTask(flow.costs)} />}
        </dl>
      </header>
      <Findings steps={[...steps.filter(({ key }) => !asking.has(key)), ...questions]} />
      <Steps steps={steps} started={started} of="Screen" />
      {questions.length > 0 && <Steps steps={questions} started={started} of="What is asked" />}
      {hasTask && <Languages flow={flow} />}
    </section>
  );
}

function Figure({
  name,
  value,
  good = false,
  bad = false,
}: {
  name: string;
  value: string;
  good?: boolean;
  bad?: boolean;
}) {
  return (
    <div class={good ? 'good' : bad ? 'bad' : undefined}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** In words, where to look first. */
function Findings({ steps }: { steps: readonly Step[] }) {
  const left = steps
    .filter(({ screen }) => screen.gaveUp > 0)
    .toSorted((one, other) => other.screen.gaveUp - one.screen.gaveUp)[0];
  const rate = ({ screen }: Step) => screen.slips / answersTo(screen);
  const wrong = steps
    .filter(({ screen }) => screen.slips > 0 && answersTo(screen) >= TELLING)
    .toSorted((one, other) => rate(other) - rate(one))[0];
  if (!left && !wrong) return null;
  return (
    <p class="findings">
      {left && (
        <>
          Most give up at <b>{left.name}</b>: {whole(left.screen.gaveUp)} of{' '}
          {whole(left.screen.reached)} who came to it.{' '}
        </>
      )}
      {wrong && (
        <>
          Most wrong answers at <b>{wrong.name}</b>:{' '}
          {percent(wrong.screen.slips, answersTo(wrong.screen))}.
        </>
      )}
    </p>
  );
}

function Languages({ flow }: { flow: FlowFunnel }) {
  return (
    <dl class="split">
      {flow.languages.map(({ language, started, finished }) => (
        <div key={language}>
          <dt>{languageName(language)}</dt>
          <dd>
            <Bar
              all={started}
              parts={[{ kind: 'finished', count: finished, title: 'Finished' }]}
              height={10}
            />
            <span>
              {percent(finished, started)} of {whole(started)} finished
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** From where most are to where the fewest are, with the ends last. */
function inOrder({ flow, screens }: FlowFunnel, names: Names) {
  const ends = ({ state }: { state: string }) => Number(names.isEnd(flow, state));
  return screens.toSorted((one, other) => ends(one) - ends(other));
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

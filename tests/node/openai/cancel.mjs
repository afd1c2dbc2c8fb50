// MODEL QUESTION STATS: goes away once the simulator at the address STATS says that the model is being asked.
import { args, ask, client, tell, thrown } from './client.mjs';

const [model, question, stats] = args;
const leaving = new AbortController();
const asking = thrown(() => client.chat.completions.create({ model, messages: ask(question) }, { signal: leaving.signal }));

const name = model.split('/').at(-1);
const isAsked = async () => (await (await fetch(stats)).json()).models[name]?.inFlight > 0;
while (!(await isAsked())) await new Promise((resolve) => setTimeout(resolve, 20));
leaving.abort();

// Node 18 may forget the signal of a request once it has collected garbage: there the process leaves instead.
const forgotten = new Promise((resolve) => setTimeout(resolve, 5_000, { type: 'forgotten' }));
tell({ ...(await Promise.race([asking, forgotten])), node: Number.parseInt(process.versions.node) });
process.exit();

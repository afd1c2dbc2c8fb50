// ARGUMENTS MODEL STATS: takes its question back once the simulator at the address STATS says that the model is being asked.
import { args, connected, tell, thrown } from './client.mjs';

const [given, model, stats] = args;
const client = await connected();
const leaving = new AbortController();
const asking = thrown(() => client.callTool({ name: 'ask_consensus', arguments: JSON.parse(given) }, undefined, { signal: leaving.signal }));

const isAsked = async () => (await (await fetch(stats)).json()).models[model]?.inFlight > 0;
while (!(await isAsked())) await new Promise((resolve) => setTimeout(resolve, 20));
leaving.abort('not wanted any more');
tell(await asking);

// The session stays, as other questions of it would: the run ends because it was taken back, not because its caller has gone.
while (await isAsked()) await new Promise((resolve) => setTimeout(resolve, 20));
await client.close();

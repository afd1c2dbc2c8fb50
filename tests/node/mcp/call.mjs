// TOOL ARGUMENTS: the result of a call, checked by the library against the tool's output schema, and the progress that was told on the way.
import { args, connected, tell, thrown } from './client.mjs';

const [name, given] = args;
const client = await connected();
await client.listTools();
const progress = [];
const called = await thrown(() => client.callTool({ name, arguments: JSON.parse(given) }, undefined, { onprogress: (told) => progress.push(told) }));
tell({ ...called, progress });
await client.close();

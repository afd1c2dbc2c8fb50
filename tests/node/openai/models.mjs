// NAME: every model that is listed, and one of them by name.
import { args, client, tell, thrown } from './client.mjs';

const ids = [];
for await (const model of client.models.list()) ids.push(model.id);
const one = await client.models.retrieve(args[0]);
tell({ ids, one, missing: await thrown(() => client.models.retrieve('nobody')) });

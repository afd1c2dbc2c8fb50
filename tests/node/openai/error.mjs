// REQUEST: what the library throws for a request, given as JSON.
import { args, client, tell, thrown } from './client.mjs';

tell(await thrown(() => client.chat.completions.create(JSON.parse(args[0]))));

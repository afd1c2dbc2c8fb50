// MODEL QUESTION: a completion, with the response's headers.
import { args, ask, client, tell } from './client.mjs';

const [model, question] = args;
const { data, response } = await client.chat.completions.create({ model, messages: ask(question), user: 'ursula', top_p: 0.9 }).withResponse();
tell({
  ...data,
  requestId: data._request_id,
  headers: Object.fromEntries([...response.headers].filter(([name]) => name.startsWith('x-consensus-'))),
});

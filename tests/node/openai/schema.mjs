// MODEL QUESTION: an answer that has to satisfy a schema, parsed by the library.
import { args, ask, client, tell } from './client.mjs';

const [model, question] = args;
const completion = await client.chat.completions.parse({
  model,
  messages: ask(question),
  response_format: {
    type: 'json_schema',
    json_schema: {
      name: 'sum',
      strict: true,
      schema: { type: 'object', properties: { answer: { type: 'number' } }, required: ['answer'], additionalProperties: false },
    },
  },
});
const { parsed, refusal } = completion.choices[0].message;
tell({ parsed, refusal, kind: completion.consensus.answer?.kind ?? null });

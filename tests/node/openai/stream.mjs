// MODEL QUESTION USAGE: a streamed completion, put together from its chunks.
import { args, ask, client, tell, thrown } from './client.mjs';

const [model, question, usage] = args;
const told = { chunks: 0, role: null, content: '', refusal: '', finishReason: null, usage: null, outcome: null };
const failure = await thrown(async () => {
  const stream = await client.chat.completions.create({
    model,
    messages: ask(question),
    stream: true,
    ...(usage === 'usage' && { stream_options: { include_usage: true } }),
  });
  for await (const chunk of stream) {
    told.chunks++;
    told.role ??= chunk.choices[0]?.delta.role ?? null;
    told.content += chunk.choices[0]?.delta.content ?? '';
    told.refusal += chunk.choices[0]?.delta.refusal ?? '';
    told.finishReason ??= chunk.choices[0]?.finish_reason ?? null;
    told.usage ??= chunk.usage ?? null;
    told.outcome ??= chunk.consensus?.outcome ?? null;
  }
});
tell({ ...told, failure });

// What every script here shares: arguments, the client, and how a failure is told.
import OpenAI from 'openai';

const [baseURL, apiKey, ...rest] = process.argv.slice(2);
export const args = rest;
export const client = new OpenAI({ baseURL, apiKey });

/** Prints the one line of JSON that the test reads. */
export const tell = (told) => console.log(JSON.stringify(told));

/** What a call throws, by the class that the library gives it. */
export async function thrown(call) {
  try {
    const value = await call();
    return { type: null, value };
  } catch (error) {
    const kind = Object.entries(OpenAI).find(([, c]) => typeof c === 'function' && error.constructor === c)?.[0];
    return {
      type: kind ?? error.constructor.name,
      status: error.status ?? null,
      code: error.code ?? null,
      param: error.param ?? null,
      message: error.message,
      violations: error.error?.consensus?.errors ?? null,
      requestId: error.requestID ?? null,
    };
  }
}

export const ask = (text) => [{ role: 'user', content: text }];

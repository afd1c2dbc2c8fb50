// What every script here shares: arguments, a connected client, and how a failure is told.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const [url, key, ...rest] = process.argv.slice(2);
export const args = rest;

/** Prints the one line of JSON that the test reads. */
export const tell = (told) => console.log(JSON.stringify(told));

export async function connected() {
  const client = new Client({ name: 'tests', version: '1' });
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { Authorization: `Bearer ${key}` } } }));
  return client;
}

/** What a call throws. */
export async function thrown(call) {
  try {
    return { type: null, value: await call() };
  } catch (error) {
    return { type: error.constructor.name, code: error.code ?? null, message: error.message };
  }
}

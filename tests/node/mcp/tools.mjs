// The tools that are listed, and the server.
import { connected, tell } from './client.mjs';

const client = await connected();
const { tools } = await client.listTools();
tell({ tools, server: client.getServerVersion(), instructions: client.getInstructions() });
await client.close();

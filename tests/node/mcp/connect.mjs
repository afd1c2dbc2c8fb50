// What connecting throws.
import { connected, tell, thrown } from './client.mjs';

tell(await thrown(async () => (await connected()).close()));
